-- A name with a zero byte, which only JSONB made by hand has, ends there in paths.
select hex(fullkey), hex(path), hex(key), hex(value) from json_tree(x'cc0c685c0030303631432d343137');
select hex(fullkey), hex(key) from json_each(x'cc0c685c0030303631432d343137');
select hex(fullkey), hex(path) from json_tree(x'cc076761006213006101');
select hex(fullkey), hex(path), hex(key) from json_tree(x'cc084761006213cb0101');
select fullkey, path from json_tree('{"a":{"b c":[1,{"0":2}]}}');
