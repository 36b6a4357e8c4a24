"""All SQL: tables, unit of work, queries, inbox, outbox."""
