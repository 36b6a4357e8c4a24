why-parts = One of you leads the task { $topic }, the other works on it.
why-practice = One of you makes policy, the other carries it out.
why-column = You work in different fields.
why-rare-topic = Few colleagues have the task { $topic }. You two do.
why-far = You work in different parts of the country.
