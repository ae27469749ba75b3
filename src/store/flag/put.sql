insert into flag (record_id, number, since_on, what) values (:record_id, :number, :since_on, :what)
