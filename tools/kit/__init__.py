"""Domain-free ground: money, time, ids, paging. Knows no noun of the trade."""
