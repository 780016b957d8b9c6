"""Calls that make one number of many rows."""

from nbcoach.python.row_sets.arguments import Call
from nbcoach.python.row_sets.rows import NO_ROWS
from nbcoach.python.row_sets.tables import as_table
from nbcoach.python.row_sets.values import NUMBER, Reduction, Table, Value


def reduction(call: Call, table: Table) -> Reduction:
    """What a call makes of the rows of a table."""
    name = call.name.rpartition(".")[2]
    return Reduction(name, "features", table.rows, call.node, call.scope.cell)


def statistic(call: Call) -> Value:
    """A mean and its like, by function or by method; of each row by itself it stays a table."""
    table = call.owner if call.owner is not None else call.argument(0, "a", "x")
    if not isinstance(table, Table) or not table.rows:
        return NUMBER
    if call.along_rows:
        return table
    return Table(NO_ROWS, table.marked(reduction(call, table)).marks)


def scaled(call: Call) -> Value:
    """A table after scaling by what all of its rows say."""
    table = as_table(call.argument(0, "X", "x", "a"), call.state)
    return table if call.constant(1, "axis") == 1 else table.marked(reduction(call, table))
