"""The papers of an order: tickets as PDF and QR, the entry for a calendar. Rendering is pure; nothing here knows a page or a mail."""
