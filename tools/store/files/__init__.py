"""Where contents of files are kept: Supabase Storage, or what stands in for it, through supabase-py."""

from tools.store.files.gateway import BUCKET, Drop, FileGateway, FileGone, FileServerRefused
from tools.store.files.scanning import VirusScanner

__all__ = ["BUCKET", "Drop", "FileGateway", "FileGone", "FileServerRefused", "VirusScanner"]
