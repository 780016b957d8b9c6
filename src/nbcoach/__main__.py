"""`python -m nbcoach`."""

from nbcoach.cli import main

if __name__ == "__main__":
    main()
