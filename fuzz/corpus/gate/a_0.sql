-- CREATE TABLE no (email text);
/* /* nested */ CREATE TABLE nor (email text); */
CREATE TABLE IF NOT EXISTS crm."Customer" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "e-mail" character varying(120) NOT NULL CHECK ("e-mail" LIKE '%@%, ;'),
  price numeric(8, 2) DEFAULT 0, tags text[],
  CONSTRAINT one UNIQUE ("e-mail"), FOREIGN KEY (id) REFERENCES other (id)
);
CREATE FUNCTION f() RETURNS void AS $body$ CREATE TABLE inner_one (x int); $body$ LANGUAGE sql;
ALTER TABLE ONLY crm.customer ADD COLUMN phone text, ADD CONSTRAINT c CHECK (phone > ''), RENAME COLUMN x TO birth_date;
CREATE TYPE address AS (street text, city text);
