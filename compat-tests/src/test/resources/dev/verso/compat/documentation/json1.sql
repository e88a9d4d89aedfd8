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
