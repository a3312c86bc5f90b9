export { findPersonByEmail, insertPerson, type NewPerson } from "./people.queries.ts";
