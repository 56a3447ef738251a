"""The command line, as `hotline` and as `python -m hotline`."""

import gc


def main() -> None:
    """Read in all of the house, then do what was asked.

    What is read in stays until the end: looking for garbage in it costs a third of a short command.
    """
    gc.disable()
    from hotline.cli import main as command  # noqa: PLC0415 - see above

    gc.freeze()
    gc.enable()
    command()


if __name__ == "__main__":
    main()
