-- # json and jsonb
SELECT json(' { "this" : "is", "a": [ "test" ] } '), json('{a:1,b:+5,c:.5,d:0x1f,e:''x'',}'), hex(jsonb('[1,"x",null]')), json(jsonb('{"a":[1,2]}')), typeof(jsonb('1'));
SELECT json('{"a":1');
SELECT json('');
-- # building
SELECT json_array(1, 2, '3', 4), json_array('[1,2]'), json_array(json_array(1, 2)), json_array(1, NULL, '3', '[4,5]', '{"six":7.7}'), json_array(1, NULL, '3', json('[4,5]'), json('{"six":7.7}')), json_array();
SELECT json_object('a', 2, 'c', 4), json_object('a', 2, 'c', '{e:5}'), json_object('a', 2, 'c', json_object('e', 5)), json_object(), json_quote(3.14159), json_quote('verdant'), json_quote('[1]'), json_quote(json('[1]')), json_quote('[1,');
-- # array length, type, extract
SELECT json_array_length('[1,2,3,4]'), json_array_length('[1,2,3,4]', '$'), json_array_length('[1,2,3,4]', '$[2]'), json_array_length('{"one":[1,2,3]}'), json_array_length('{"one":[1,2,3]}', '$.one'), json_array_length('{"one":[1,2,3]}', '$.two');
SELECT json_extract('{"a":2,"c":[4,5,{"f":7}]}', '$'), json_extract('{"a":2,"c":[4,5,{"f":7}]}', '$.c'), json_extract('{"a":2,"c":[4,5,{"f":7}]}', '$.c[2]'), json_extract('{"a":2,"c":[4,5,{"f":7}]}', '$.c[2].f'), json_extract('{"a":2,"c":[4,5],"f":7}', '$.c', '$.a'), json_extract('{"a":2,"c":[4,5],"f":7}', '$.c[#-1]'), json_extract('{"a":2}', '$.x'), json_extract('{"a":2}', '$.x', '$.a'), json_extract('{"a":"xyz"}', '$.a'), json_extract('{"a":null}', '$.a');
SELECT '{"a":2,"c":[4,5,{"f":7}]}' -> '$', '{"a":2,"c":[4,5,{"f":7}]}' -> '$.c', '{"a":2,"c":[4,5,{"f":7}]}' -> 'c', '{"a":2,"c":[4,5,{"f":7}]}' ->> '$.c[2].f', '[11,22,33,44]' -> 3, '[11,22,33,44]' ->> 3, '{"a":"xyz"}' -> '$.a', '{"a":"xyz"}' ->> '$.a', '{"a":null}' -> '$.a', '{"a":null}' ->> '$.a', '[11,22]' ->> -1;
SELECT json_type('{"a":[2,3.5,true,false,null,"x"]}'), json_type('{"a":[2,3.5,true,false,null,"x"]}', '$.a'), json_type('{"a":[2,3.5,true,false,null,"x"]}', '$.a[1]'), json_type('{"a":[2,3.5,true,false,null,"x"]}', '$.a[4]'), json_type('{"a":[2,3.5,true,false,null,"x"]}', '$.a[6]');
-- # changing
SELECT json_insert('[1,2,3,4]', '$[#]', 99), json_insert('[1,[2,3],4]', '$[1][#]', 99), json_insert('{"a":2,"c":4}', '$.a', 99), json_insert('{"a":2,"c":4}', '$.e', 99), json_replace('{"a":2,"c":4}', '$.a', 99), json_replace('{"a":2,"c":4}', '$.e', 99), json_set('{"a":2,"c":4}', '$.a', 99), json_set('{"a":2,"c":4}', '$.e', 99), json_set('{"a":2,"c":4}', '$.c', '[97,96]'), json_set('{"a":2,"c":4}', '$.c', json('[97,96]')), json_set('{"a":2,"c":4}', '$.c', json_array(97, 96));
SELECT json_remove('[0,1,2,3,4]', '$[2]'), json_remove('[0,1,2,3,4]', '$[2]', '$[0]'), json_remove('[0,1,2,3,4]', '$[0]', '$[2]'), json_remove('[0,1,2,3,4]', '$[#-1]', '$[0]'), json_remove('{"x":25,"y":42}'), json_remove('{"x":25,"y":42}', '$.z'), json_remove('{"x":25,"y":42}', '$.y'), json_remove('{"x":25,"y":42}', '$');
SELECT json_patch('{"a":1,"b":2}', '{"c":3,"d":4}'), json_patch('{"a":[1,2],"b":2}', '{"a":9}'), json_patch('{"a":[1,2],"b":2}', '{"a":null}'), json_patch('{"a":1,"b":2}', '{"a":9,"b":null,"c":8}'), json_patch('{"a":{"x":1,"y":2},"b":3}', '{"a":{"y":9},"c":8}');
-- # validity, errors, pretty printing
SELECT json_valid('{"x":35}'), json_valid('{x:35}'), json_valid('{x:35}', 6), json_valid('{"x":35'), json_valid(NULL), json_error_position('{"x":35'), json_error_position('[1,2]'), json_pretty('{"a":[1,{"b":2}],"c":{}}'), json_pretty('[1,[]]', '  ');
SELECT json_extract('{"a":1}', 'a');
SELECT json_set('{}', '$.a');
-- # aggregates
CREATE TABLE user(name, phone);
INSERT INTO user VALUES ('ann', '["704-555-1212","919-555-0000"]'), ('bob', '"704-555-3434"'), ('cy', '[]'), ('dan', NULL);
SELECT json_group_array(name), json_group_object(name, json(phone)), json(jsonb_group_array(name)) FROM user;
-- # json_each and json_tree
SELECT DISTINCT user.name FROM user, json_each(user.phone) WHERE json_each.value LIKE '704-%' ORDER BY 1;
SELECT user.rowid, fullkey, value FROM user, json_tree(user.phone) WHERE atom IS NOT NULL ORDER BY 1, 2;
SELECT key, value, type, atom, id, parent, fullkey, path FROM json_tree('{"a":{"b":[1,null,true]},"c":"x y"}');
SELECT key, value FROM json_each('{"a":{"b":[10,20]}}', '$.a.b');
SELECT count(*) FROM json_each('not json');
-- # JSON5
SELECT json('{a:5,b:6,/*c*/''d'':"x\
y",// end
e:+Infinity,f:NaN,g:.5,h:5.,i:0xAB,j:-Infinity}');
SELECT json_extract('{"aé":1}', '$.aé'), json_extract('{"a b":1}', '$."a b"'), json_extract('{"A":1}', '$.a');
---- new
-- # arguments: numbers, NULL, blobs, blanks around, what is no JSON
SELECT json(5), json(2.5), json(NULL), json(' 7 '), json('"x"'), json('null'), json('true'), json_type(5), json_type(NULL), json_type('x'' y');
SELECT json_type('"x"'), json_type('null'), json_type('true'), json_type('false'), json_type('1.5'), json_type('1e3'), json_type('-0'), json_type('{}'), json_type('[]');
SELECT json('x');
SELECT json(x'00');
SELECT json(x'ffff');
SELECT json_array(x'0102');
SELECT json_object('a', x'01');
SELECT json_group_array(x'01');
SELECT json_object(1, 2);
SELECT json_object('a');
SELECT json_object('a', 1, 'a', 2), json('{"a":1,"a":2}'), json_extract('{"a":1,"a":2}', '$.a');
-- # paths
SELECT json_set('[0,1,2]', '$[#]', 'new'), json_extract('[0,1,2]', '$[#-1]'), json_extract('[0,1,2]', '$[#-3]'), json_extract('[0,1,2]', '$[#-4]'), json_extract('[0,1,2]', '$[#]'), json_extract('[0,1,2]', '$[3]'), json_extract('{"a":{"b":1}}', '$.a.b', '$.a'), json_extract('{"":5}', '$.""'), json_extract('{"a.b":5}', '$."a.b"');
SELECT json_extract('[1]', '$[');
SELECT json_extract('[1]', '$[a]');
SELECT json_extract('[1]', '$[-1]');
SELECT json_extract('[1]', '$x');
SELECT json_extract('[1]', '');
SELECT json_extract('[1]', '$.');
SELECT json_extract('{"a":1}', '$."a');
SELECT json_extract('{"a":1}', '$$');
SELECT json_extract('[1]', NULL), json_extract(NULL, '$'), json_extract('[1,2]', '$[0]', NULL);
SELECT json_extract('[1]');
SELECT json_extract('{"a":1}', '$.a ');
SELECT json_array_length('[1,2]', 'x');
SELECT json_array_length('nope');
SELECT json_remove('[1]', 'x');
SELECT json_type('{"a":1}', '$.b'), json_type('{"a":1}', NULL);
-- # value arguments: texts stay texts unless a JSON function gave them
SELECT json_object('ex', '[52,3.14159]'), json_object('ex', ('[52,3.14159]' ->> '$')), json_object('ex', json('[52,3.14159]')), json_object('ex', json_array(52, 3.14159)), json_object('ex', '[52,3.14159]' -> '$'), json_object('ex', jsonb('[52,3.14159]'));
SELECT json_array((SELECT json('[1]'))), json_array(j) FROM (SELECT json('[1]') AS j);
SELECT json_array(CASE WHEN 1 THEN json('[1]') END), json_array(coalesce(NULL, json('[1]'))), json_array(max(json('[1]'), '')), json_array(json('[1]') || ''), json_array(CAST(json('[1]') AS TEXT));
SELECT json_array(-0.0, 1e400, 0.1, 123456789012345678, 'a"b\c/d' || char(9, 10, 13, 8, 12, 1, 127), 'é€😀');
SELECT json_quote(NULL), json_quote(5), json_quote(1.0), json_quote('a"b'), json_quote(1e400), json_quote(x'00');
-- # the two operators with labels and numbers
SELECT '{"a":2,"c":[4,5]}' -> 'c' ->> 1, '{"1":"x"}' -> 1, '{"1":"x"}' -> '1', '[4,5]' ->> '1', '[4,5]' -> '#-1', '{"a b":1}' ->> 'a b', '{"a":{"b":3}}' -> 'a.b', '{"a.b":4}' ->> 'a.b', '[1,[2,3]]' -> '[1]', '[1,[2,3]]' ->> '[1][0]', '{"[1]":9}' ->> '[1]', NULL -> 'a', '{"a":1}' -> NULL, '{"a":true}' ->> 'a', '{"a":true}' -> 'a', '{"a":1.50}' ->> 'a', '{"a":1.50}' -> 'a';
SELECT 'x' -> '$';
SELECT '[1]' ->> 1.9, '[1,2]' ->> '1.0', '{"$":3}' ->> '$', typeof('{"a":[1]}' ->> 'a'), typeof('{"a":"1"}' ->> 'a');
-- # insert, replace, set: several paths, missing parents, what is not there
SELECT json_set('{}', '$.a.b.c', 1), json_set('{}', '$.a[0]', 1), json_set('{}', '$.a[1]', 1), json_set('[]', '$[1]', 1), json_set('[]', '$[0]', 1, '$[1]', 2), json_set('{"a":1}', '$.a.b', 1), json_insert('[1]', '$[0]', 9, '$[#]', 2), json_replace('[1,2]', '$[#-1]', 'x', '$[5]', 'y'), json_set('{"a":1}', '$', 5), json_insert('{"a":1}', '$', 5), json_set('5', '$.a', 1), json_set(NULL, '$.a', 1), json_set('{}'), json_set('{}', NULL, 1), json_set('{}', '$.a', NULL), json_set('{"a":[1,2]}', '$.a[#]', json('{"b":null}'));
SELECT json_set('{}', 'a', 1);
SELECT json_insert('{}', '$.a', 1, '$.b');
SELECT json_remove('{"a":[1,{"b":2}],"c":3}', '$.a[1].b', '$.c'), json_remove('[1,2,3]', '$[#-1]', '$[#-1]'), json_remove(NULL, '$'), json_remove('[1]', NULL), json_remove('{"a":1}', '$.a', '$.a');
SELECT json_patch('{"a":1}', '5'), json_patch('5', '{"a":1}'), json_patch('[1,2]', '{"0":9}'), json_patch('{"a":{"b":1}}', '{"a":{"b":{"c":null,"d":2}}}'), json_patch(NULL, '{}'), json_patch('{}', NULL), json_patch('{"a":1,"a":2}', '{"a":3}');
SELECT json_patch('{', '{}');
-- # json_valid's flags and json_error_position
SELECT json_valid('{"x":35}', 1), json_valid('{x:35}', 1), json_valid('{x:35}', 2), json_valid('[1,]', 6), json_valid(jsonb('[1]'), 4), json_valid(jsonb('[1]'), 8), json_valid(x'01', 8), json_valid(x'0b', 4), json_valid('[1]', 4), json_valid(5), json_valid(''), json_valid('"a'), json_valid(' 1 '), json_valid('1', NULL), json_valid(x'', 15);
SELECT json_valid('1', 0);
SELECT json_valid('1', 16);
SELECT json_error_position('{a:5,}'), json_error_position('[1,2'), json_error_position(''), json_error_position(NULL), json_error_position('{"x":35,]'), json_error_position('é["a",x]'), json_error_position(5), json_error_position(jsonb('[1]')), json_error_position('[1,2]x'), json_error_position('"\q"');
-- # json_pretty
SELECT json_pretty('{"a":[],"b":{},"c":[1,[2,{"d":null}]],"e":"x"}'), json_pretty('[1,2]', char(9)), json_pretty('5'), json_pretty(NULL), json_pretty('[1]', NULL), json_pretty('[[1]]', ''), json_pretty('{a:1}'), json_pretty(jsonb('[1]'));
SELECT json_pretty('x');
-- # JSONB: sizes and round trips
SELECT hex(jsonb('null')), hex(jsonb('true')), hex(jsonb('false')), hex(jsonb('5')), hex(jsonb('-5.5e3')), hex(jsonb('0x1F')), hex(jsonb('.5')), hex(jsonb('"a"')), hex(jsonb('"\n"')), hex(jsonb('"\x41"')), hex(jsonb('''it"''')), hex(jsonb('[]')), hex(jsonb('{}')), hex(jsonb('[1,[2,"x"],{"a":null}]')), hex(jsonb('{a:1}')), length(jsonb('[' || substr(replace(hex(zeroblob(200)), '0', ',1'), 2) || ']'));
SELECT json(jsonb_set('{"a":1}', '$.b', jsonb('[2]'))), json(jsonb_insert('[1]', '$[#]', 'x')), json(jsonb_replace('{"a":1}', '$.a', 2)), json(jsonb_remove('[1,2]', '$[0]')), json(jsonb_patch('{"a":1}', '{"b":2}')), json(jsonb_array(1, 'a', NULL)), json(jsonb_object('a', 1)), json(jsonb_extract('{"a":[1,2]}', '$.a')), typeof(jsonb_extract('{"a":"x"}', '$.a')), typeof(jsonb_extract('{"a":[1]}', '$.a')), jsonb_extract('{"a":5}', '$.a');
SELECT json_extract(jsonb('{"a":[10,20]}'), '$.a[1]'), json_array_length(jsonb('[1,2,3]')), json_type(jsonb('[1]'), '$[0]'), jsonb('{"a":1}') -> 'a', jsonb('{"a":"x"}') ->> 'a', json_quote(jsonb('[1]')), json_array(jsonb('[1]'));
-- # JSON5: all that it allows
SELECT json('{a_$1:1,/*x*/''q'':"\''",e:+1,f:.5,g:5.,h:0X1f,i:-0x1F,j:Infinity,k:-Infinity,l:NaN,m:[1,],}');
SELECT json('[1 , // c' || char(10) || ' 2]'), json('"\u00e9\/\v\0\x41\
b"'), json('[' || char(0xa0) || '1' || char(0x2028) || ']'), json('[QNaN,SNaN,inf,-inf,+inf]');
SELECT json('[1,,2]');
SELECT json('{"a"}');
SELECT json('{1:2}');
SELECT json('[01]');
SELECT json('[1 2]');
SELECT json('"a' || char(10) || 'b"');
SELECT json('/* open [1]');
SELECT json('[+]');
SELECT json('[1]]');
SELECT json_extract('[0x1F, 1e2, +5, .5, 5., Infinity, NaN]', '$[0]', '$[1]', '$[2]', '$[3]', '$[4]', '$[5]', '$[6]'), json_extract('[0x1F]', '$[0]'), json_extract('[NaN]', '$[0]'), json_extract('[Infinity]', '$[0]'), json_extract('[+5]', '$[0]'), json_extract('["\x41\u00e9\n"]', '$[0]'), json_extract('[9223372036854775808]', '$[0]'), json_extract('[1.0]', '$[0]'), json_extract('[-0]', '$[0]');
-- # aggregates with ORDER BY, DISTINCT, FILTER, NULL
CREATE TABLE agg(k, v);
INSERT INTO agg VALUES ('b', 2), ('a', 1), ('c', NULL), (NULL, 4), ('a', json('[1]'));
SELECT json_group_array(v), json_group_array(v ORDER BY v DESC), json_group_array(DISTINCT k), json_group_array(v) FILTER (WHERE v > 1), json_group_object(k, v), json_group_object(k, v ORDER BY v) FROM agg;
SELECT json_group_array(v) FROM agg WHERE 0;
SELECT json_group_object(k, v) FROM agg WHERE 0;
SELECT json_group_array(v) OVER (ORDER BY rowid ROWS 1 PRECEDING), json_group_object(k, v) OVER (ORDER BY rowid ROWS 1 PRECEDING) FROM agg;
SELECT json_group_array(json('[1]')), json_group_array(json_object('k', k)) FROM agg;
-- # table-valued functions: columns, hidden ones, joins, NULL, errors
SELECT key, value, type, atom, id, parent, fullkey, path FROM json_each('{"a":1,"b":[2],"c d":{"e":null},"f":"x","g":true,"h":1.5}');
SELECT key, value, type, atom, id, parent, fullkey, path FROM json_each('[1,[2],{"a":3}]');
SELECT key, value, type, atom, id, parent, fullkey, path FROM json_tree('[1,[2],{"a":3}]', '$[1]');
SELECT key, value, type, atom, id, parent, fullkey, path FROM json_tree('{"a":{"b":[1,2]}}', '$.a');
SELECT key, value, type, fullkey, path, json, root FROM json_each('5');
SELECT key, value, type, fullkey, path FROM json_each('{"a":[1,2]}', '$.a');
SELECT key, value, type, fullkey, path FROM json_each('{"a":5}', '$.a');
SELECT count(*) FROM json_each(NULL);
SELECT count(*) FROM json_each('[1]', NULL);
SELECT count(*) FROM json_each('[1]', '$.x');
SELECT count(*) FROM json_each('[1]', 'x');
SELECT count(*) FROM json_each;
SELECT count(*) FROM json_tree('{');
SELECT value FROM json_each WHERE json = '[7,8]';
SELECT value, typeof(value) FROM json_each('["a",1,2.5,null,true,false,[1],{"b":2}]');
SELECT a.value, b.value FROM json_each('[[1,2],[3]]') AS a, json_each(a.value) AS b;
SELECT fullkey FROM json_tree('{"a b":1,"c.d":2,"e\"f":3,"1x":4,"_y":5,"":6}') WHERE type = 'integer';
SELECT key, typeof(value), typeof(atom), type FROM jsonb_each('{"a":[1],"b":2}');
SELECT key, json(value), fullkey FROM jsonb_tree('{"a":[1]}');
SELECT DISTINCT json_extract(big.json, '$.id') FROM (SELECT '{"id":1,"p":["x",{"uuid":"u6"}]}' AS json) AS big, json_tree(big.json, '$.p') WHERE json_tree.key = 'uuid' AND json_tree.value = 'u6';
SELECT rowid, * FROM json_each('[10,20]') ORDER BY id DESC LIMIT 1;
---- new
-- # a value loses its subtype on the way out of a subquery
CREATE TABLE t(v);
INSERT INTO t VALUES('[1]'),('[2]');
SELECT json_array((SELECT json('[1]')));
SELECT json_array((SELECT json(v) FROM t));
SELECT json_array((SELECT json('[1]') FROM t));
SELECT json_array((SELECT json('[1]') LIMIT 1));
SELECT json_array((SELECT json(v) FROM t ORDER BY 1 DESC LIMIT 1));
SELECT json_array((SELECT json_group_array(v) FROM t));
SELECT json_array((SELECT max(json(v)) FROM t));
SELECT json_array(j) FROM (SELECT json('[1]') AS j);
SELECT json_array(j) FROM (SELECT json(v) AS j FROM t);
SELECT json_array(j) FROM (SELECT json(v) AS j FROM t LIMIT 5);
SELECT json_array(j) FROM (SELECT json(v) AS j FROM t ORDER BY v DESC);
SELECT json_array(j) FROM (SELECT DISTINCT json(v) AS j FROM t);
SELECT json_array(j) FROM (SELECT json(v) AS j FROM t UNION ALL SELECT json(v) FROM t);
SELECT json_array(j) FROM (SELECT json_group_array(v) AS j FROM t);
SELECT json_array(j) FROM (SELECT json_group_array(v) AS j FROM t GROUP BY v);
SELECT json_group_array(j) FROM (SELECT json(v) AS j FROM t);
SELECT json_group_array(j) FROM (SELECT json(v) AS j FROM t ORDER BY v);
SELECT json_group_array(j ORDER BY j) FROM (SELECT json(v) AS j FROM t);
SELECT json_group_array(json(v) ORDER BY v) FROM t;
SELECT json_group_array(DISTINCT json(v)) FROM t;
SELECT json_group_array(json_array(v)) FROM t GROUP BY v;
WITH c(j) AS (SELECT json(v) FROM t) SELECT json_array(j) FROM c;
WITH c(j) AS MATERIALIZED (SELECT json(v) FROM t) SELECT json_array(j) FROM c;
CREATE VIEW w AS SELECT json(v) AS j FROM t;
SELECT json_array(j) FROM w;
SELECT json_array(CAST(json('[1]') AS TEXT)), json_array(CAST(json('[1]') AS BLOB) IS NULL), json_array(CAST(json('5') AS INTEGER)), json_array(CAST(json('5') AS NUMERIC)), json_array(+json('[1]')), json_array((json('[1]'))), json_array(json('[1]') COLLATE nocase);
SELECT json_array(iif(1, json('[1]'), 2)), json_array(ifnull(json('[1]'), 2)), json_array(nullif(json('[1]'), 2)), json_array(min(json('[1]'), 'z')), json_array(likely(json('[1]'))), json_array(CASE 1 WHEN 1 THEN json('[1]') END);
SELECT json_array(json_extract('{"a":[1]}','$.a')), json_array('{"a":[1]}' -> 'a'), json_array('{"a":[1]}' ->> 'a'), json_array(value) FROM json_each('[[1]]');
SELECT json_array(x) FROM (VALUES(json('[1]'))) AS q(x);
SELECT json_array(column1) FROM (VALUES(json('[1]')),(json('[2]')));
SELECT json_array((VALUES(json('[1]'))));
SELECT json_array(lag(json(v)) OVER ()) FROM t;
SELECT json_array(first_value(json(v)) OVER ()) FROM t;
SELECT json_array(json_group_array(v) OVER ()) FROM t;
SELECT json_group_array(json(v)) OVER (ORDER BY v) FROM t;
CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET v=json_array(new.v) WHERE rowid=new.rowid; END;
INSERT INTO t VALUES(json('[3]'));
SELECT v FROM t;
INSERT INTO t SELECT json('[4]') RETURNING json_array(v);
SELECT json_array(j), j FROM (SELECT json('[1]') AS j FROM t) GROUP BY j;
SELECT json_array(a.j, b.j) FROM (SELECT json('[1]') AS j) a, (SELECT json(v) AS j FROM t LIMIT 1) b;
SELECT json_array(EXISTS(SELECT json('[1]')));
SELECT json_object('k', (SELECT json('[1]')));
SELECT json_quote((SELECT json('[1]')));
SELECT json_set('{}','$.a',(SELECT json('[1]')));
SELECT json_array(x) FROM (VALUES(json('[1]'))) AS q(x);
SELECT json_array(j), j FROM (SELECT json('[1]') AS j FROM t) GROUP BY j;
SELECT json_array(a.j, b.j) FROM (SELECT json('[1]') AS j) a, (SELECT json(v) AS j FROM t LIMIT 1) b;
SELECT json_array(a.j, b.j) FROM (SELECT json('[1]') AS j) a, (SELECT json(v) AS j FROM t) b;
SELECT json_array(a.j) FROM (SELECT json('[1]') AS j) a, t;
SELECT json_array(j) FROM (SELECT json(v) AS j FROM t) WHERE j<>'x' ORDER BY j;
SELECT json_array((SELECT json(v) FROM t WHERE t.rowid=x.rowid)) FROM t x;
SELECT * FROM (SELECT json_array(j) FROM (SELECT json(v) AS j FROM t));
SELECT json_array(j) FROM (SELECT j FROM (SELECT json(v) AS j FROM t));
SELECT json_array(j||'') FROM (SELECT json(v) AS j FROM t);
SELECT json_array(coalesce(j,1)) FROM (SELECT json(v) AS j FROM t);
SELECT json_array(j) FROM (SELECT coalesce(json(v),2) AS j FROM t);
SELECT json_array(j) FROM (SELECT CASE WHEN 1 THEN json(v) END AS j FROM t);
SELECT json_array(j) FROM (SELECT v->'$' AS j FROM t);
SELECT json_array(j) FROM t LEFT JOIN (SELECT json('[9]') AS j) ON 1;
SELECT json_array(j) FROM (SELECT json_extract(v,'$') AS j FROM t);
SELECT json(j) FROM (SELECT json(v) AS j FROM t);
SELECT (SELECT json_array(j)) FROM (SELECT json(v) AS j FROM t);
SELECT json_array((SELECT j)) FROM (SELECT json(v) AS j FROM t);
---- new
-- # what may stand for JSON: numbers and NULL of SQL, texts, JSONB; blanks around and within; objects, arrays, strings, numbers, the three words
SELECT json(12), json(-1.5), json('12'), json(NULL), json('null'), json(jsonb('{"a":[1]}')), json('"text"'), json(' [ 1 , 2 ] '), json(char(9, 10, 13, 32) || '{ "a" : 1 }' || char(10)), json('true'), json(1e300), json(9223372036854775807);
SELECT json_type(12), json_type(-1.5), json_type(NULL), json_type('null'), json_type('"x"'), json_type(' {} '), json_type('false'), json_type(jsonb('[]')), json_type('12e0'), json_type('-0'), json_type('1.0'), json_type('0x10'), json_type('+5'), json_type('Infinity'), json_type('nan');
SELECT json('text');
SELECT json('{"a":}');
SELECT json('[1,2');
SELECT json('"open');
SELECT json('nul');
SELECT json('TRUE');
SELECT json(x'0102');
SELECT json(x'');
SELECT json(zeroblob(1));
SELECT json(CAST('[1,2]' AS BLOB));
SELECT json_extract(CAST('{"a":5}' AS BLOB), '$.a'), json_valid(CAST('{"a":5}' AS BLOB)), json_valid(CAST('[1' AS BLOB));
SELECT json_array_length(x'ff');
SELECT json();
SELECT json('[1]', 2);
SELECT jsonb();
-- # paths: $, labels, indexes from the left and the right, nothing else
SELECT json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$.a'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$.a.b[0]'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$.a.b[1][1]'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$.a.b[2].c'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$.a.b[#-1].c'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$.a.b[#-2][#-1]'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$.a.b[#]'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$.a[0]'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$.a.b.c'), json_extract('{"a":{"b":[10,[20,30],{"c":40}]}}', '$[0]');
SELECT json_extract('[1,2,3]', '$[00001]'), json_extract('[1,2,3]', '$[#-0]'), json_extract('[1,2,3]', '$[#-01]'), json_extract('[1,2,3]', '$[4294967296]'), json_extract('{"a":1,"A":2}', '$.A'), json_extract('{"a-b":1}', '$.a-b'), json_extract('{"a":{"":7}}', '$.a.""'), json_extract('{"1":5}', '$.1'), json_extract('{"a b":{"c d":6}}', '$.a b.c d'), json_extract('{"é":1}', '$."é"'), json_extract('{"\u0061":9}', '$.a'), json_extract('{"a":9}', '$."\u0061"'), json_extract('{"a\"b":3}', '$."a\"b"'), json_extract('{"[0]":4}', '$."[0]"'), json_extract('{"$":1}', '$.$');
SELECT json_extract('[1]', '$[#-]');
SELECT json_extract('[1]', '$[# - 1]');
SELECT json_extract('[1]', '$[#+1]');
SELECT json_extract('[1]', '$[ 0 ]');
SELECT json_extract('[1]', '$[0');
SELECT json_extract('[1]', '$0');
SELECT json_extract('[1]', '$[]');
SELECT json_extract('[1]', '$.a.');
SELECT json_extract('[1]', '$..a');
SELECT json_extract('{"a":1}', '.a');
SELECT json_extract('{"a":1}', ' $.a');
SELECT json_extract('{"a":1}', 5);
SELECT json_extract('{"a":1}', x'242e61'), json_extract('{"a":1}', '$[a]');
SELECT json_set('[0,1]', '$[#]', 2, '$[#]', 3, '$[#-1]', 'last'), json_set('[0,1]', '$[2]', 2), json_set('[0,1]', '$[3]', 3), json_set('[0,1]', '$[#-3]', 3), json_insert('[0,1]', '$[#-1]', 9), json_replace('[0,1]', '$[#]', 9), json_set('{"a":[]}', '$.a[#].b', 1), json_set('{}', '$.a[#]', 1), json_set('{}', '$.a."b c"', 1), json_set('[]', '$[#][#]', 1), json_set('{"a":[[]]}', '$.a[0][#]', 1);
-- # value arguments: texts are quoted, results of JSON functions and of -> are not, those of ->> are
SELECT json_object('v', '[1,"a"]'), json_object('v', '[1,"a"]' ->> '$'), json_object('v', '[1,"a"]' -> '$'), json_object('v', json('[1,"a"]')), json_object('v', json_array(1, 'a')), json_object('v', json_extract('[[1,"a"]]', '$[0]')), json_object('v', json_extract('["x"]', '$[0]')), json_object('v', jsonb('[1,"a"]')), json_object('v', jsonb_array(1, 'a')), json_object('v', json_quote('x')), json_object('v', json_set('{}', '$.a', 1)), json_object('v', json_type('[1]')), json_object('v', json_array_length('[1]')), json_object('v', json_patch('{}', '{"a":1}')), json_object('v', json_remove('[1]', '$[0]')), json_object('v', json_group_array(5)), json_object('v', json_pretty('[1]')), json_object('v', '5' -> '$'), json_object('v', '5' ->> '$');
SELECT json_array('\u0041'), json_array('a\nb'), json_object('\u0041', 1), json_insert('{}', '$.a', 'x\u0041'), json_array('tab	quote"back\slash/' || char(10)), json_array(char(0x1f600)), json_array(char(0x7f, 0x80, 0x2028)), json_quote(char(1, 31));
SELECT json_array(1, 1.0, 1.5, -0.0, 1e20, 1e-7, 0.1 + 0.2, 9223372036854775807, -9223372036854775808, NULL, TRUE, FALSE, 'true', 'null', ''), json_array(1e999, -1e999);
-- # nesting: a thousand levels, and what is too deep
SELECT json_valid('{{500:[}}{{500:]}}'), json_valid('{{1000:[}}{{1000:]}}'), json_valid('{{1001:[}}{{1001:]}}'), json_valid('{{2001:[}}{{2001:]}}'), json_array_length('{{900:[}}{{900:]}}'), json_valid('{{999:[}}1{{999:]}}');
SELECT json('{{1002:[}}{{1002:]}}');
SELECT length(json('{{1000:[}}{{1000:]}}'));
-- # json: shorter, doubled labels kept, numbers as they were written
SELECT json('{ "a" : [ 1 , 2.50 , 1E5 , -0 , 1e-2 ] , "a" : "\u00e9\/" , "b" : { } , "c" : [ ] }'), json('[1.0,1.,.5,+1,0x1F,-0x1f,1e400,00]');
SELECT json('[1.0,1.,.5,+1,0x1F,-0x1f,1e400]'), json('{a:1,$b:2,_c:3,"d":4,''e'':5,é:6,f1:7}'), json('["it''s",''say "x"'',''it\''s'']');
-- # json_array and json_object
SELECT json_array(), json_array(NULL), json_array(json('null')), json_array(json('[]'), json('{}')), json_array(1, 2, '3', 4), json_array('[9]'), json_array(json_array(8, json_object('k', 7))), json_array(1, NULL, '3', '[4,5]', '{"six":7.75}'), json_array(1, NULL, '3', json('[4,5]'), json('{"six":7.75}'));
SELECT json_object(), json_object('k', NULL), json_object('', ''), json_object('a', 1, 'b', json_object('c', json_array(2))), json_object('a', '{b:5}'), json_object('a', json('{b:5}')), json_object('x', 1, 'x', 2), json_object('q"', 1);
SELECT json_object('a', 1, 'b');
SELECT json_object(NULL, 1);
SELECT json_object(5, 1);
SELECT json_object('a', x'00');
SELECT json_array(x'00');
SELECT json(jsonb_object('a', 1)), json(jsonb_array(1, 'x', NULL, jsonb('[2]'))), typeof(jsonb_object()), hex(jsonb_array()), hex(jsonb_object());
-- # json_array_insert: before an element; at the end; nowhere
SELECT json_array_insert('[1,2,3]', '$[0]', 'new'), json_array_insert('[1,2,3]', '$[1]', 'new'), json_array_insert('[1,2,3]', '$[3]', 'new'), json_array_insert('[1,2,3]', '$[4]', 'new'), json_array_insert('[1,2,3]', '$[#]', 'new'), json_array_insert('[1,2,3]', '$[#-1]', 'new'), json_array_insert('{"a":[1]}', '$.a[0]', json('[0]')), json_array_insert('[1]', '$[0]', 'b', '$[0]', 'a'), json(jsonb_array_insert('[1,2]', '$[1]', 9)), json_array_insert(NULL, '$[0]', 1), json_array_insert('[]', '$[0]', NULL), json_array_insert('[1]');
SELECT json_array_insert('{"a":1}', '$.a', 2);
SELECT json_array_insert('[1,2]', '$', 2);
SELECT json_array_insert('{}', '$.a[0]', 2);
SELECT json_array_insert('{"a":5}', '$.a[0]', 2);
SELECT json_array_insert('[1]', '$[0]');
SELECT json_array_insert('[1]', 'x', 2);
-- # json_array_length
SELECT json_array_length('[]'), json_array_length('[1,[2,3],{"a":[4,5]}]'), json_array_length('[1,[2,3],{"a":[4,5]}]', '$[1]'), json_array_length('[1,[2,3],{"a":[4,5]}]', '$[2].a'), json_array_length('[1]', '$[0]'), json_array_length('{}'), json_array_length('5'), json_array_length('"[1]"'), json_array_length('[1]', '$[5]'), json_array_length(NULL), json_array_length('[1]', NULL), json_array_length(7);
SELECT json_array_length('[1', '$');
SELECT json_array_length('[1]', '[0]');
SELECT json_array_length('[1]', '$', '$');
-- # json_extract: SQL values by one path, a JSON array by several; the two arrows
SELECT json_extract('{"n":null,"t":true,"f":false,"i":5,"r":2.5,"s":"x\ny","a":[1, 2],"o":{"k": 1}}', '$.n') AS n, typeof(json_extract('{"n":null}', '$.n')) AS nt, json_extract('{"t":true}', '$.t') AS t, typeof(json_extract('{"t":true}', '$.t')), json_extract('{"f":false}', '$.f'), typeof(json_extract('{"i":5}', '$.i')), typeof(json_extract('{"r":2.5}', '$.r')), typeof(json_extract('{"r":2.0}', '$.r')), typeof(json_extract('{"i":2e0}', '$.i')), json_extract('{"s":"x\ny\u0041"}', '$.s'), json_extract('{"a":[1, 2]}', '$.a'), typeof(json_extract('{"a":[1]}', '$.a')), json_extract('{"o":{"k": 1}}', '$.o'), json_extract('{"a":1,"b":"x","c":[3]}', '$.b', '$.c', '$.d', '$.a'), typeof(json_extract('{"a":1}', '$.a', '$.a')), json_extract('[12345678901234567890]', '$[0]'), json_extract('[1e400]', '$[0]');
SELECT '{"n":null,"s":"x","i":5,"a":[1, 2]}' -> 'n', typeof('{"n":null}' -> 'n'), '{"n":null}' ->> 'n', '{"s":"x"}' -> 's', '{"s":"x"}' ->> 's', typeof('{"i":5}' -> 'i'), typeof('{"i":5}' ->> 'i'), '{"a":[1, 2]}' -> 'a', '{"a":[1, 2]}' ->> 'a', '{"a":[1, 2]}' -> 'a' -> 1, '{"a":[1, 2]}' ->> 'a' ->> 1, '{"a":1}' -> 'b', '[1,2,3]' -> 1, '[1,2,3]' -> -1, '[1,2,3]' ->> -4, '[1,2,3]' -> '$[1]', '[1,2,3]' -> '#-1', '{"a b":1}' -> 'a b', '{"$a":1}' ->> '$a', '{"":2}' -> '', '[1]' -> 0.9, '[true]' ->> 0, jsonb('{"a":[7]}') -> 'a', '5' -> '$', '[5]' ->> '0', '{"0":6}' ->> '0', '{"0":6}' ->> 0;
SELECT '{"a":1}' -> '$.';
SELECT 'x' ->> 'a';
SELECT '{"a":1}' -> x'61', '{"a":1}' ->> NULL, NULL ->> 'a', 5 -> '$', 5 ->> 'a';
SELECT '[1,2]' -> 0 + 1, '[1,2]' ->> '$[1]' || 'x', 1 || '[1,2]' ->> 0, -'[5]' ->> 0;
-- # json_insert, json_replace, json_set: one by one from the left
SELECT json_insert('{"a":1}', '$.a', 2, '$.b', 3), json_replace('{"a":1}', '$.a', 2, '$.b', 3), json_set('{"a":1}', '$.a', 2, '$.b', 3), json_set('{"a":1}', '$.b', json('{}'), '$.b.c', 5), json_replace('{"a":{"b":1}}', '$.a', json('[1]'), '$.a[0]', 2), json_insert('[1]', '$[1]', 2, '$[2]', 3), json_set('{"a":1}', '$.a', NULL), json_set('{"a":1}', '$.a', 1.5, '$.b', '1.5'), json_set('[[1],[2]]', '$[1][#]', 3), json_set('{"a":"x"}', '$.a', '{"b":1}'), json_set('{"a":"x"}', '$.a', '{"b":1}' -> '$'), json_set('{"a":"x"}', '$.a', '{"b":1}' ->> '$'), json_replace('{}', '$', json('[1]')), json_set('{}', '$', 'x'), json_insert('{}', '$', 'x');
SELECT json_set('{"a":1}', '$.a');
SELECT json_insert('{"a":1}', '$.a', 1, '$.b');
SELECT json_replace('{"a":1', '$.a', 1);
SELECT json_set('{"a":1}', 'a', 1);
SELECT json_set('{"a":1}', '$.a', x'00');
SELECT json_set();
SELECT json_set('{ "a" : 1 }'), json_insert(NULL, '$.a', 1), json_replace('[1]', NULL, 5), json_set('{"a":1,"a":2}', '$.a', 3);
-- # json_patch: RFC 7396
SELECT json_patch('{"a":"b"}', '{"a":"c"}'), json_patch('{"a":"b"}', '{"b":"c"}'), json_patch('{"a":"b"}', '{"a":null}'), json_patch('{"a":"b","b":"c"}', '{"a":null}'), json_patch('{"a":["b"]}', '{"a":"c"}'), json_patch('{"a":"c"}', '{"a":["b"]}'), json_patch('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}'), json_patch('{"a":[{"b":"c"}]}', '{"a":[1]}'), json_patch('["a","b"]', '["c","d"]'), json_patch('{"a":"b"}', '["c"]'), json_patch('{"a":"foo"}', 'null'), json_patch('{"a":"foo"}', '"bar"'), json_patch('{"e":null}', '{"a":1}'), json_patch('[1,2]', '{"a":"b","c":null}'), json_patch('{}', '{"a":{"bb":{"ccc":null}}}'), json_patch('{"a":1}', '{"a":{"b":null}}'), json_patch('{"a":1}', '{}');
SELECT json_patch('{}', '{"a"}');
SELECT json_patch('{}');
-- # json_remove
SELECT json_remove('[0,1,2,3,4]', '$[1]', '$[1]'), json_remove('[0,1,2]', '$[#-1]', '$[#-1]', '$[#-1]'), json_remove('[0,1,2]', '$[7]'), json_remove('{"a":{"b":1,"c":2}}', '$.a.b'), json_remove('{"a":1,"a":2}', '$.a'), json_remove('{ "a" : 1 }'), json_remove('{"a":1}', '$'), json_remove('{"a":1}', '$.a', '$.a.b'), json_remove('5', '$.a');
SELECT json_remove('[1]', '[0]');
SELECT json_remove('[1', '$[0]');
SELECT json_remove('[1]', x'00'), json_remove(x'00', '$');
-- # json_type, json_valid with its flags, json_quote, json_error_position
SELECT json_type('[null,true,false,1,1.5,"x",[],{}]', '$[0]'), json_type('[null,true]', '$[1]'), json_type('[null,true,false]', '$[2]'), json_type('[1]', '$[0]'), json_type('[1.5]', '$[0]'), json_type('["x"]', '$[0]'), json_type('[[]]', '$[0]'), json_type('[{}]', '$[0]'), json_type('[1]', '$[1]'), json_type('[1]', '$'), json_type('[''x'']', '$[0]'), json_type('[NaN,Infinity,0x1]', '$[0]'), json_type('[NaN,Infinity,0x1]', '$[1]'), json_type('[NaN,Infinity,0x1]', '$[2]');
SELECT json_type('[1');
SELECT json_type('[1]', 'x');
SELECT f, json_valid('{"a":1}', f), json_valid('{a:1}', f), json_valid('{a', f), json_valid(jsonb('{"a":1}'), f), json_valid(x'8c', f), json_valid(x'0c00', f), json_valid(5, f), json_valid(NULL, f), json_valid('', f) FROM (SELECT 1 AS f UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9 UNION SELECT 10 UNION SELECT 15) ORDER BY f;
SELECT json_valid('1', -1);
SELECT json_valid('1', 'x');
SELECT json_valid('{"x":35}'), json_valid('{"x":35'), json_valid('["a",]'), json_valid('[1]x'), json_valid(' [1] '), json_valid('"\u00"'), json_valid('"\x41"'), json_valid('"a' || char(9) || 'b"'), json_valid('-'), json_valid('01'), json_valid('1.'), json_valid('.5'), json_valid('1e'), json_valid('tru'), json_valid('{}{}'), json_valid('{"a":1,}'), json_valid('/**/1'), json_valid(char(0xfeff) || '1');
SELECT json_quote(3.5), json_quote('green'), json_quote('[1]'), json_quote(json('[1]')), json_quote('[1,'), json_quote(''), json_quote(NULL), json_quote(TRUE), json_quote(-7), json_quote(jsonb('[1]')), json_quote('[1]' -> '$'), json_quote('["x"]' ->> 0);
SELECT json_quote(x'31');
SELECT json_error_position('{"a":1}'), json_error_position('{"a":1'), json_error_position('{"a":1]'), json_error_position('[1,,2]'), json_error_position('[1,2,]'), json_error_position('{a:1,b:}'), json_error_position(' x'), json_error_position('"abc'), json_error_position('[1] [2]'), json_error_position(NULL), json_error_position(x'00'), json_error_position(x'ff'), json_error_position('ééé['), json_error_position('[0x]'), json_error_position('[1e]');
-- # json_pretty
SELECT json_pretty('{"a":{"b":[1,2,{"c":[]}],"d":{}},"e":null}'), json_pretty('[]'), json_pretty('{}'), json_pretty('[[[]]]', '--'), json_pretty('"x"'), json_pretty('{"a":1}', NULL), json_pretty('{"a":1}', 5), json_pretty(jsonb('{"a":[1]}')), json_pretty('[1.50,0x1F,''a'']');
SELECT json_pretty('{');
SELECT json_pretty();
-- # aggregates
CREATE TABLE n(i INTEGER PRIMARY KEY, g, k, v);
INSERT INTO n VALUES (1, 'a', 'x', 1), (2, 'a', 'y', '[2]'), (3, 'b', 'x', NULL), (4, 'b', NULL, 4.5), (5, 'c', 'z', json('{"q":5}'));
SELECT g, json_group_array(v), json_group_object(k, v), json(jsonb_group_array(v)), json(jsonb_group_object(k, v)), json_group_array(json(v)) FROM n GROUP BY g ORDER BY g;
SELECT json_group_array(v) FROM n WHERE i > 9;
SELECT json_group_object(k, v) FROM n WHERE i > 9;
SELECT json_group_array(DISTINCT k), json_group_array(i ORDER BY i DESC), json_group_array(v) FILTER (WHERE v IS NOT NULL), json_group_object(i, g), json_group_object(k, i ORDER BY i DESC) FROM n;
SELECT i, json_group_array(i) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), json_group_object(i, k) OVER (ORDER BY i ROWS 1 PRECEDING) FROM n;
SELECT json_group_array(x'00') FROM n;
SELECT json_group_array() FROM n;
SELECT json_group_object(k) FROM n;
SELECT json_group_array(json_object('k', k, 'v', json_array(v))) FROM n WHERE g = 'a';
-- # json_each and json_tree: each column of every kind of element; the second argument; ids differ
SELECT key, value, type, atom, parent, fullkey, path FROM json_each('[null,true,false,1,2.5,"x",[1,2],{"a":3}]');
SELECT key, value, type, atom, parent, fullkey, path FROM json_each('{"n":null,"t":true,"i":1,"s":"x","a":[1],"o":{},"q r":2,"":3}');
SELECT key, value, type, atom, parent IS NULL, fullkey, path FROM json_tree('{"a":[1,{"b":2}],"c":"x"}');
SELECT key, value, type, atom, parent, fullkey, path FROM json_each('"alone"');
SELECT key, value, type, atom, parent, fullkey, path FROM json_tree('7');
SELECT key, value, type, atom, fullkey, path FROM json_each('{"a":[1,{"b":2}]}', '$.a');
SELECT key, value, type, atom, fullkey, path FROM json_each('{"a":[1,{"b":2}]}', '$.a[0]');
SELECT key, value, type, atom, fullkey, path FROM json_tree('{"a":[1,{"b":2}]}', '$.a[1]');
SELECT key, value, fullkey, path FROM json_tree('{"a":[1,{"b":2}]}', '$.a[#-1].b');
SELECT key, value FROM json_each('{"a":1}', '$.b');
SELECT key, value FROM json_each('{"a":1}', 'a');
SELECT key, value FROM json_each('{"a":1}', NULL);
SELECT key, value FROM json_tree('[1', '$');
SELECT key FROM json_each();
SELECT key FROM json_each('[1]', '$', 3);
SELECT count(DISTINCT id) = count(*) FROM json_tree('{"a":[1,2,[3,{"b":4}]],"c":{"d":[]}}');
SELECT c.value, p.type FROM json_tree('{"a":[1,[2]]}') AS c JOIN json_tree('{"a":[1,[2]]}') AS p ON p.id = c.parent ORDER BY c.id;
SELECT json, root, key FROM json_each('[7]', '$'), (SELECT 1);
SELECT * FROM json_each('[7]');
SELECT j.value FROM n, json_each(n.v) AS j WHERE n.i = 2;
SELECT value FROM json_each WHERE json = '[1,2]' AND root = '$[1]';
SELECT name, type, hidden FROM pragma_table_xinfo('json_each');
SELECT name, type, hidden FROM pragma_table_xinfo('json_tree');
SELECT max(value), min(key), sum(atom) FROM json_each('[3,1,2]');
SELECT value FROM json_each('[3,1,2]') ORDER BY value DESC LIMIT 2;
SELECT key, typeof(value), json(value) FROM jsonb_each('{"a":[1],"b":{"c":2},"d":"x"}') WHERE type IN ('array', 'object');
SELECT key, typeof(value), atom, fullkey FROM jsonb_tree('{"a":[1,"y"]}') ORDER BY id;
-- # examples of use: numbers of several kinds in a column, leaves alone, deep searches
CREATE TABLE person(name, phone);
INSERT INTO person VALUES ('amy', '704-555-0101'), ('ben', '["919-555-0102","704-555-0103"]'), ('cat', '["252-555-0104"]'), ('dee', NULL), ('eli', '[]');
SELECT DISTINCT person.name FROM person, json_each(person.phone) WHERE json_valid(person.phone) AND json_each.value LIKE '704-%';
SELECT name FROM person WHERE phone LIKE '704-%' UNION SELECT person.name FROM person, json_each(person.phone) WHERE json_valid(person.phone) AND json_each.value LIKE '704-%';
CREATE TABLE doc(body JSON);
INSERT INTO doc VALUES ('{"id":1,"parts":[{"uuid":"u-1"},{"more":{"uuid":"u-2"}}],"x":null}'), ('{"id":2,"parts":{"uuid":"u-3"},"y":[true,1.5]}');
SELECT doc.rowid, fullkey, value FROM doc, json_tree(doc.body) WHERE json_tree.type NOT IN ('object', 'array') ORDER BY 1, 2;
SELECT doc.rowid, fullkey, atom FROM doc, json_tree(doc.body) WHERE atom IS NOT NULL ORDER BY 1, 2;
SELECT DISTINCT json_extract(doc.body, '$.id') FROM doc, json_tree(doc.body, '$.parts') WHERE json_tree.key = 'uuid' AND json_tree.value = 'u-2';
SELECT typeof(body), json_extract(body, '$.id') FROM doc ORDER BY body ->> 'id' DESC;
CREATE INDEX doc_id ON doc(body ->> 'id');
SELECT body -> '$.parts' FROM doc WHERE body ->> 'id' = 2;
CREATE TABLE checked(j CHECK (json_valid(j)), b AS (json_extract(j, '$.b')) STORED);
INSERT INTO checked(j) VALUES ('{"b":5}'), ('[]'), (NULL);
INSERT INTO checked(j) VALUES ('{');
SELECT * FROM checked;
UPDATE checked SET j = json_set(j, '$.b', b + 1) WHERE b = 5;
SELECT * FROM checked WHERE b = 6;
UPDATE doc SET body = jsonb(body);
SELECT typeof(body), json(body), body ->> '$.id' FROM doc;
