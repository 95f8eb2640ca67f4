"""Promo codes: reduced prices, keys to hidden types, and vouchers that keep places."""
