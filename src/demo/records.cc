#include "demo/records.h"

#include "demo/company.h"

namespace privity {
namespace {

Json OnePurpose(const char* purpose, const char* basis, const char* explanation) {
  return Json::ArrayOf({Json::Object({{"purpose", purpose}, {"basis", basis}, {"explanation", explanation}})});
}

Json Words(std::initializer_list<const char*> words) {
  Json list = Json::Array();
  for (const char* word : words) list.Push(word);
  return list;
}

}  // namespace

std::vector<DemoRecord> DemoRecords(const std::map<std::string, Json>& systems) {
  const Json controller = Json::ArrayOf({Json::Object(
      {{"role", "controller"}, {"name", std::string(kDemoCompany)}, {"contact", "privacy@lakeside.example"}})});
  const auto in = [&](std::initializer_list<const char*> names) {
    Json list = Json::Array();
    for (const char* name : names) list.Push(systems.at(name));
    return list;
  };
  return {{"/v1/activities", "Orders and delivery",
           Json::Object({{"role", "controller"},
                         {"name", "Orders and delivery"},
                         {"description", "Orders are taken in the shop, packed and handed to a parcel service."},
                         {"parties", controller},
                         {"purposes", OnePurpose("Delivering what was ordered", "contract", "The contract of sale.")},
                         {"subject_categories", Words({"Customers"})},
                         {"data_categories", Words({"user.name", "user.contact", "user.unique_id"})},
                         {"recipients", Words({"Parcel services"})},
                         {"retention", "Ten years after the year of the order, as tax law wants it."},
                         {"security", "Encrypted disks; staff sign in with a second factor."},
                         {"systems", in({"Demo shop"})}})},
          {"/v1/activities", "Newsletter",
           Json::Object({{"role", "controller"},
                         {"name", "Newsletter"},
                         {"description", "Offers by e-mail to those who asked for them."},
                         {"parties", controller},
                         {"purposes", OnePurpose("Advertising", "consent", "Given in the shop, withdrawn by a link.")},
                         {"subject_categories", Words({"Customers", "Prospects"})},
                         {"data_categories", Words({"user.name", "user.contact.email"})},
                         {"security", "Only the marketing team reads the list."},
                         {"systems", in({"Demo CRM"})}})},
          {"/v1/activities", "Guided trips",
           Json::Object({{"role", "controller"},
                         {"name", "Guided trips"},
                         {"description", "Guides are told what they must know to help in an emergency."},
                         {"parties", controller},
                         {"purposes", OnePurpose("Safety on trips", "consent", "Asked for in the booking.")},
                         {"subject_categories", Words({"Customers"})},
                         {"data_categories", Words({"user.name", "user.health_and_medical"})},
                         {"special_condition", "explicit_consent"},
                         {"retention", "Thirty days after the trip."},
                         {"systems", in({"Demo shop"})}})},
          {"/v1/flows", "shop to CRM",
           Json::Object({{"from", systems.at("Demo shop")},
                         {"to", systems.at("Demo CRM")},
                         {"categories", Words({"user.name", "user.contact.email", "user.contact.phone_number"})},
                         {"description", "Every night, new customers."}})}};
}

}  // namespace privity
