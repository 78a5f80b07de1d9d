create domain label as text;
create domain score as integer check (value >= 0);
create domain final_score as score;
create table results (id integer, player label, points score, total final_score, rounds score[]);
