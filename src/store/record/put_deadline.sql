insert into deadline (record_id, number, owed, what, due_on, due_text, known_on, closed_on)
values (:record_id, :number, :owed, :what, :due_on, :due_text, :known_on, :closed_on)
