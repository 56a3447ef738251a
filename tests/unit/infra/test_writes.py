"""Several writes as one statement: clauses in order, parameters counted on, one text per shape."""

from hotline.infra.outbox import NewJob, wake
from hotline.infra.writes import Write, together


def test_one_write_is_sent_as_it_is() -> None:
    assert together([Write("insert into a values ($1)", (7,))]) == (
        "insert into a values ($1)",
        [7],
    )


def test_parameters_are_counted_on_and_names_can_be_referred_to() -> None:
    sql, args = together(
        [
            Write("insert into a values ($1, $2) returning id", (1, 2), "made"),
            Write("insert into b select id, $1, $2, $1 from made", (3, 4)),
            Write("delete from c where n = $11", tuple(range(11))),
        ],
        "select 1 from made",
    )

    assert sql == (
        "with made as (insert into a values ($1, $2) returning id), "
        "write_1 as (insert into b select id, $3, $4, $3 from made), "
        "write_2 as (delete from c where n = $15) select 1 from made"
    )
    assert args == [1, 2, 3, 4, *range(11)]


def test_the_same_shape_is_the_same_text_so_that_the_server_plans_it_once() -> None:
    def made(n: int) -> str:
        return together([Write("insert into a values ($1)", (n,)), Write("delete from b", ())])[0]

    assert made(1) is made(2)


def test_only_work_in_a_hurry_wakes_the_runners() -> None:
    calm, urgent = NewJob("x", {}, "one", hurry=False), NewJob("x", {}, "one")

    assert wake([calm, calm]) == ""
    assert "pg_notify" in wake([calm, urgent])
