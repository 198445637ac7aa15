// The company's own words in place of the built-in ones: letters of requests, the code as a text message, drafts.
#include "app/application.h"
#include "rights/own_texts.h"
#include "server/route_table.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

const Access kMayRead = Access::Permission("rights.read");
const Access kMayWrite = Access::Permission("rights.settings");

struct TextPath {
  std::string name;
  std::string language;
};
PRIVITY_DESCRIBE(TextPath, (name, language))
std::vector<FieldNote> FieldNotes(const TextPath*) {
  return {{.name = "name",
           .description = "mail_code, mail_received, mail_proof, mail_extended, mail_news, text_code, draft_answer, "
                          "draft_extension or draft_pause."},
          {.name = "language", .description = "en, de, fr or es.", .example = "de"}};
}

Result<RequestTextName> NameOf(const TextPath& path) {
  const auto name = ParseEnum<RequestTextName>(path.name);
  return name.ok() ? *name : Result<RequestTextName>(Error("rights.text_unknown"));
}

Reply<RequestText> Answered(RequestText text) {
  const std::int64_t version = text.version;
  return Versioned(std::move(text), version);
}

}  // namespace

void AddRequestTextRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/texts",
              .id = "letters.list",
              .access = kMayRead,
              .summary = "What people are written: letters, the code as a text message, drafts, in each language"},
             [application](ReadTx& tx, const Call<>&) -> Result<List<RequestText>> {
               PRIVITY_TRY(auto all, application->own_texts().List(tx));
               return List<RequestText>{std::move(all)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/texts/{name}/{language}",
              .id = "letters.show",
              .access = kMayRead,
              .summary = "One text, the company's own or the built-in one, with its placeholders"},
             [application](ReadTx& tx, const Call<TextPath>& call) -> Result<Reply<RequestText>> {
               PRIVITY_TRY(const RequestTextName name, NameOf(call.path));
               PRIVITY_TRY(RequestText text, application->own_texts().Get(tx, name, call.path.language));
               return Answered(std::move(text));
             });
  routes.Add(
      {.method = "PUT",
       .path = "/v1/rights/texts/{name}/{language}",
       .id = "letters.set",
       .access = kMayWrite,
       .summary = "Write it in the company's own words",
       .description =
           "With the placeholders of the built-in text; what a text is for, such as a code, must stand in it.",
       .needs_version = true},
      [application](WriteTx& tx, const Call<TextPath, Nothing, RequestTextWords>& call) -> Result<Reply<RequestText>> {
        PRIVITY_TRY(const RequestTextName name, NameOf(call.path));
        PRIVITY_TRY(const auto expected, call.ExpectedVersion());
        PRIVITY_TRY(RequestText text,
                    application->own_texts().Put(tx, call.caller(), name, call.path.language, call.body, expected));
        return Answered(std::move(text));
      });
  routes.Add({.method = "DELETE",
              .path = "/v1/rights/texts/{name}/{language}",
              .id = "letters.reset",
              .access = kMayWrite,
              .summary = "Let the built-in words count again"},
             [application](WriteTx& tx, const Call<TextPath>& call) -> Result<Reply<RequestText>> {
               PRIVITY_TRY(const RequestTextName name, NameOf(call.path));
               PRIVITY_TRY(RequestText text,
                           application->own_texts().Reset(tx, call.caller(), name, call.path.language));
               return Answered(std::move(text));
             });
  routes.Add(
      {.method = "POST",
       .path = "/v1/rights/texts/{name}/{language}/preview",
       .id = "letters.preview",
       .access = kMayRead,
       .summary = "How words would read, with invented values in their blanks; nothing is kept",
       .status = 200},
      [application](ReadTx& tx, const Call<TextPath, Nothing, RequestTextWords>& call) -> Result<RequestTextWords> {
        PRIVITY_TRY(const RequestTextName name, NameOf(call.path));
        PRIVITY_TRY(const Organization organization, application->organization().Get(tx));
        return application->own_texts().Preview(name, call.path.language, call.body, organization);
      });
}

}  // namespace privity
