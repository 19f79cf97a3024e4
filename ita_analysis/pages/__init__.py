"""What each notebook shows: findings, charts and tables as blocks, one method a cell."""
