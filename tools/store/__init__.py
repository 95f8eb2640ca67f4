"""How rows are reached: connections, transactions, migrations. Knows no noun of the trade."""
