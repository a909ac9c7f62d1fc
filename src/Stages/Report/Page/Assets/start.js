if (start()) showPersons();
if (data.live) watchRun(); else if (persons.length === 0) showNobody();
