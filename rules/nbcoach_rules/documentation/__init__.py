"""NB5xx: titles, headings, links and alternative texts."""
