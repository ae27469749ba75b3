delete from goods
