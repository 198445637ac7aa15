COPY a FROM stdin;
it's
