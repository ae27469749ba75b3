select owed, what, due_on, due_text, known_on, closed_on from deadline where record_id = :id order by number
