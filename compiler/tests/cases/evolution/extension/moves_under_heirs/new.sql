create schema other;
create extension citext schema other;
create table heir (a integer, b other.citext, c other.citext[]);
