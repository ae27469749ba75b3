select kind, number from search_kind
