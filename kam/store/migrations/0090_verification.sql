-- Room for the relations that `python -m kam verify` reads; they hold no data.
create schema verification;
