"""`python -m supportplan`."""

from supportplan.cli.main import main

if __name__ == "__main__":
    main()
