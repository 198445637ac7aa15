#include "execution/people.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <vector>

#include "detect/taxonomy.h"

namespace privity {
namespace {

// Singular and lower case. English, German, French, Spanish, Italian, Portuguese, Dutch.
constexpr std::array kEmployees = std::to_array<std::string_view>(
    {"employee", "staff", "worker", "agent", "rep", "salesperson", "mitarbeiter", "angestellte", "salarie", "employe",
     "empleado", "dipendente", "funcionario", "medewerker", "werknemer"});
constexpr std::array kCustomers = std::to_array<std::string_view>(
    {"customer", "client",     "user",     "person",    "people",    "contact",  "member",   "subscriber",
     "patient",  "student",    "guest",    "account",   "profile",   "lead",     "prospect", "applicant",
     "buyer",    "tenant",     "donor",    "volunteer", "passenger", "kunde",    "benutzer", "nutzer",
     "kontakt",  "mitglied",   "abonnent", "schueler",  "gast",      "mieter",   "spender",  "utilisateur",
     "personne", "abonne",     "membre",   "eleve",     "cliente",   "usuario",  "persona",  "contacto",
     "miembro",  "suscriptor", "paciente", "alumno",    "utente",    "contatto", "membro",   "paziente",
     "pessoa",   "contato",    "klant",    "gebruiker", "persoon",   "lid",      "abonnee"});
// Something that happens to people or between them, whatever its fields say of somebody.
constexpr std::array kNoPeople = std::to_array<std::string_view>(
    {"order",      "invoice",   "booking",      "reservation", "payment",    "shipment",   "delivery", "ticket",
     "message",    "mail",      "email",        "log",         "event",      "address",    "session",  "comment",
     "review",     "cart",      "basket",       "transaction", "line",       "item",       "note",     "call",
     "visit",      "rental",    "subscription", "refund",      "return",     "bestellung", "rechnung", "buchung",
     "zahlung",    "lieferung", "nachricht",    "adresse",     "commande",   "facture",    "paiement", "livraison",
     "pedido",     "factura",   "pago",         "envio",       "direccion",  "ordine",     "fattura",  "pagamento",
     "spedizione", "indirizzo", "fatura",       "endereco",    "bestelling", "factuur",    "betaling", "adres"});

// "crm.CustomerAccounts" -> "crm", "customer", "accounts".
std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto end = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  char before = '\0';
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalpha(letter) == 0) {
      end();
    } else {
      if (std::isupper(letter) != 0 && std::islower(static_cast<unsigned char>(before)) != 0) end();
      word += static_cast<char>(std::tolower(letter));
    }
    before = c;
  }
  end();
  return words;
}

bool IsOneOf(const std::string& word, std::span<const std::string_view> nouns) {
  return std::ranges::any_of(nouns, [&](std::string_view noun) {
    if (!word.starts_with(noun)) return false;
    const std::string_view rest = std::string_view(word).substr(noun.size());
    return rest.empty() || rest == "s" || rest == "es" || rest == "n" || rest == "en" || rest == "er" || rest == "i";
  });
}

// The last word that is no part of a path: "customers" of "customers.csv".
std::string NounOf(std::string_view collection) {
  const std::size_t slash = collection.rfind('/');
  if (slash != std::string_view::npos) collection.remove_prefix(slash + 1);
  for (const std::string_view ending : {".csv", ".tsv", ".json", ".jsonl", ".ndjson"}) {
    if (collection.ends_with(ending)) collection.remove_suffix(ending.size());
  }
  const std::vector<std::string> words = WordsOf(collection);
  return words.empty() ? "" : words.back();
}

// What is said of a person besides their name: "user.contact", "user.demographic".
std::set<std::string> FactsIn(std::span<const MappedField> fields) {
  std::set<std::string> facts;
  for (const MappedField& field : fields) {
    if (!IsPersonalCategory(field.category) || field.category.starts_with("user.name")) continue;
    facts.insert(std::string(CategoryBranch(field.category, 3)));
  }
  return facts;
}

}  // namespace

std::string SubjectKindOf(std::string_view collection, std::span<const MappedField> fields) {
  constexpr std::size_t kFactsOfPeople = 2;
  const std::string noun = NounOf(collection);
  const bool has_name =
      std::ranges::any_of(fields, [](const MappedField& field) { return field.category.starts_with("user.name"); });
  const std::set<std::string> facts = FactsIn(fields);
  if (IsOneOf(noun, kNoPeople) || (!has_name && facts.empty())) return "";
  if (IsOneOf(noun, kEmployees)) return "employee";
  if (IsOneOf(noun, kCustomers)) return "customer";
  return has_name && facts.size() >= kFactsOfPeople ? "customer" : "";
}

}  // namespace privity
