delete from goods_sum
