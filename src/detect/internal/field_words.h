// What single words of names of columns say, whatever stands around them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace privity::detect {

std::string Joined(const std::vector<std::string>& words, std::size_t begin, std::size_t end);
std::string_view WithoutPrefix(std::string_view field, std::string_view prefix);
bool Holds(const std::unordered_set<std::string>& words, const std::string& word);
// "cities" of "city", "products" of "product"; a word that is no plural stays.
std::string Singular(const std::string& word);
// Words after a cue that say when: they change nothing for what is itself a matter of time.
bool SaysWhen(std::string_view word);
// Yes or no as a kind of column: `smoker_flag` is the smoker.
bool SaysYesOrNo(std::string_view word);
// Words for people that things have as well: an `account_id` or a `parent_id` may be anything's.
bool IsOfThingsToo(const std::string& word);
// Those of them that are somebody where the others are people: the `agent_id` of a chat.
bool IsSomebody(std::string_view word);
// Those of them that are a thing's behind a thing: `cluster_agents`.
bool IsOftenAThings(std::string_view word);
// Whose rows are animals or plants.
bool SaysAnimal(std::string_view word);
// What only programs that sign in have: `redirect_uri`, `grant_types`.
bool SaysProgram(std::string_view word);
bool SaysUser(std::string_view word);
// A collection of where something was from time to time.
bool SaysMoved(std::string_view word);
// A key by itself, of whatever the words before it name.
bool IsKeyWord(std::string_view word);
// The same where a table calls its keys otherwise: `owner_ref`, `customer_sk`.
bool SaysReference(std::string_view word);
// Whose works are sold and lent under their names: the author of a book is none of the users, the author of a page is.
bool SaysMaker(std::string_view word);
// Works that are written where they are kept.
bool SaysWritten(std::string_view word);
// What machines that run programs have.
bool SaysMachine(std::string_view word);
// What one person has one of.
bool IsOfOne(std::string_view word);
// Names of the place where a value stands, whatever it is.
bool SaysNothing(std::string_view word);
// What everything has, so that `device.name` is one thing's name and not a `device name`.
bool SaysLittle(std::string_view word);
// "fecha nacimiento", "nome mae", "id paciente": the word that is last in English stands first. "" for all others.
std::string_view HeadStandingFirst(std::string_view word);
// "grantor", "finder", "lessee": who does or gets something, where the word is in no list.
bool SaysDoer(std::string_view word);
// Tokens that find something again and let nobody in: `cart_token`, `next_page_token`.
bool SaysHandle(std::string_view word);
// "assigned driver", "duty officer": somebody in particular, even where only things are listed.
bool SaysAppointed(std::string_view word);
// Participles that say how something is arranged, or what a body did, and no deed of a person: `sorted_by`,
// `accredited_by`.
bool SaysArranged(std::string_view word);
// Whether the first word is a participle, and the second the "by" of its language: `paired_by`, `pesado_por`.
bool SaysDoneBy(std::string_view word, std::string_view by);
bool IsNumber(std::string_view word);

}  // namespace privity::detect
