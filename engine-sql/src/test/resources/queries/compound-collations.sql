create table t1(a,b,c)
insert into t1 values(1,'abc',2),(2,'ABC',3),(3,'x',1)
create table t2(a,b,c)
insert into t2 values (1,'abc',1),(2,'q',2)
SELECT b COLLATE RTRIM FROM t2 INTERSECT VALUES ('abc  '), (-1.0)
SELECT b COLLATE RTRIM FROM t2 INTERSECT VALUES ('abc  '), (-1.0) ORDER BY 1
SELECT b COLLATE RTRIM FROM t2 INTERSECT VALUES ('abc  '), (-1.0) UNION SELECT a FROM t1
SELECT b COLLATE RTRIM FROM t2 INTERSECT VALUES ('abc  '), (-1.0) UNION SELECT a FROM t1 ORDER BY 1
SELECT b COLLATE RTRIM FROM t2 INTERSECT VALUES ('abc  '), (-1.0) UNION SELECT a FROM t1 ORDER BY 1 collate nocase
SELECT b COLLATE RTRIM FROM t2 WHERE c IN (SELECT a FROM t2) INTERSECT VALUES ('abc  '), (-1.0) UNION SELECT a FROM t1 ORDER BY 1 COLLATE NOCASE
select b from t1 union select b from t1 order by 1 collate nocase
select b, a from t1 union select b, 1 from t1 order by 1 collate nocase desc, 2 limit 3 offset 1
select b from t1 union all select b from t1 order by 1 collate nocase, b
select b collate nocase from t1 union select 'X' order by 1 collate binary
select * from (select b x from t1 except select 'x' order by x collate nocase limit 1) where x is not null
select a from t1 where b in (select b from t1 union select 'q' order by 1 collate nocase limit 1)
create view vvv as select b from t1 union select 'Q' order by b collate nocase
select * from vvv
with q as (select b from t1 union select 'Q' order by b collate nocase) select group_concat(b) from q
insert into t2(b) select b from t1 union select 'Q' order by 1 collate nocase
select rowid, * from t2
select 1 as x union select 2 order by x collate nocase desc
select 1 as x union select 2 order by x collate zork
select 1, 2 union select 2 order by x collate nocase
select row_number() over () r, b from t1 union select 9, 'zz' order by b collate nocase
create view v4 as select b from t1 intersect select 'abc' order by 1 collate nocase
select * from v4
with w as (select b from t1 intersect select 'abc' order by 1 collate nocase) select * from w
select * from (select b from t1 intersect select 'abc' order by 1 collate nocase)
create view v5 as select * from (select b from t1 except select 'Abc' order by 1 collate nocase)
select * from v5
select a, a, b || 'x', b as q from t1 union select 1, 2, 3, 4 order by 2 collate nocase
select * from (select a, a, b || 'x', b as q from t1 union select 1, 2, 3, 4 order by 2 collate nocase)
select count(*), x from (select b x from t1 union select 'y' order by 1 collate nocase) group by x collate nocase
select * from (select b collate nocase, likely(a), +a, rowid collate rtrim from t1)
select b from (select b collate nocase from t1)
