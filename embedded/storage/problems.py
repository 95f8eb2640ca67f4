"""The refusals of the file server, in Supabase Storage's codes and shapes. Texts are safe to show."""

from __future__ import annotations

from starlette.responses import JSONResponse


class StorageProblem(Exception):
    """A refusal: the status the body names, Supabase's `error` and `code`, and a text."""

    def __init__(self, status: int, code: str, message: str, *, error: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.error = error or code

    def answer(self) -> JSONResponse:
        """Like the real server: the status proper stands in the body, and over HTTP a refusal is 400."""
        body = {"statusCode": str(self.status), "error": self.error, "message": self.message, "code": self.code}
        return JSONResponse(body, self.status if self.status >= 500 else 400)


def no_bucket() -> StorageProblem:
    return StorageProblem(404, "NoSuchBucket", "Bucket not found", error="Bucket not found")


def no_object() -> StorageProblem:
    return StorageProblem(404, "NoSuchKey", "Object not found", error="not_found")


def exists(*, bucket: bool = False) -> StorageProblem:
    code = "BucketAlreadyExists" if bucket else "KeyAlreadyExists"
    return StorageProblem(409, code, "The resource already exists", error="Duplicate")


def denied() -> StorageProblem:
    """What row-level security says where no policy lets anybody write."""
    return StorageProblem(403, "AccessDenied", "new row violates row-level security policy", error="Unauthorized")


def too_large() -> StorageProblem:
    return StorageProblem(
        413, "EntityTooLarge", "The object exceeded the maximum allowed size", error="Payload too large"
    )


def wrong_type(media_type: str) -> StorageProblem:
    return StorageProblem(
        415, "InvalidMimeType", f"mime type {media_type[:100]} is not supported", error="invalid_mime_type"
    )


def bad_name(name: str, *, bucket: bool = False) -> StorageProblem:
    if bucket:
        return StorageProblem(400, "InvalidBucketName", "Bucket name invalid", error="Invalid Input")
    shown = name[:200].encode("ascii", "replace").decode()
    return StorageProblem(400, "InvalidKey", f"Invalid key: {shown}")


def bad_token(message: str) -> StorageProblem:
    return StorageProblem(400, "InvalidJWT", message)


def not_offered(what: str) -> StorageProblem:
    """What a project may have and this server does not; said aloud, so that no client takes it for a mistyped address."""
    return StorageProblem(403, "FeatureNotEnabled", f"{what} are not offered by the embedded file server")


def bad_request(message: str) -> StorageProblem:
    return StorageProblem(400, "InvalidRequest", message)
