create schema other;
create extension citext;
create table base (a integer, e citext);
create table heir (b text, c text) inherits (base);
