#include "gate/schema_file.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace privity {
namespace {

// "collection.field type line:column" of everything that is found.
std::vector<std::string> Fields(std::string_view file_name, std::string_view text) {
  const auto format = SchemaFormatOf(file_name, text);
  EXPECT_TRUE(format.has_value()) << file_name;
  const auto fields = ReadSchema(*format, text, file_name);
  EXPECT_TRUE(fields.ok()) << (fields.ok() ? "" : fields.error().code());
  std::vector<std::string> found;
  for (const SchemaField& field : *fields) {
    found.push_back(field.collection + "." + field.field +
                    (field.declared_type.empty() ? "" : " " + field.declared_type) + " " + std::to_string(field.line) +
                    ":" + std::to_string(field.column));
  }
  return found;
}
using Found = std::vector<std::string>;

TEST(SqlSchema, ReadsTablesOfPostgresql) {
  EXPECT_EQ(Fields("a.sql", R"(-- CREATE TABLE no (email text);
/* /* nested */ CREATE TABLE nor (email text); */
CREATE TABLE IF NOT EXISTS crm."Customer" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "e-mail" character varying(120) NOT NULL CHECK ("e-mail" LIKE '%@%, ;'),
  price numeric(8, 2) DEFAULT 0, tags text[],
  CONSTRAINT one UNIQUE ("e-mail"), FOREIGN KEY (id) REFERENCES other (id)
);
CREATE FUNCTION f() RETURNS void AS $body$ CREATE TABLE inner_one (x int); $body$ LANGUAGE sql;
ALTER TABLE ONLY crm.customer ADD COLUMN phone text, ADD CONSTRAINT c CHECK (phone > ''), RENAME COLUMN x TO birth_date;
CREATE TYPE address AS (street text, city text);
)"),
            (Found{"Customer.id bigint 4:3", "Customer.e-mail character varying(120) 5:3",
                   "Customer.price numeric(8, 2) 6:3", "Customer.tags text[] 6:34", "customer.phone text 10:42",
                   "customer.birth_date 10:110", "address.street text 11:25", "address.city text 11:38"}));
}

TEST(SqlSchema, ReadsTablesOfMysql) {
  EXPECT_EQ(Fields("a.sql", R"(# CREATE TABLE no (email text);
CREATE TABLE `people` (
  `name` varchar(40) CHARACTER SET utf8mb4 COMMENT 'it\'s, a name',
  `role` enum('a','b') NOT NULL,
  PRIMARY KEY (`name`), KEY `email_idx` (`name`)
) ENGINE=InnoDB;
ALTER TABLE `people` CHANGE COLUMN `name` `full_name` varchar(80) NOT NULL AFTER `role`, ADD (`city` text, `zip` text);
INSERT INTO `people` VALUES ('CREATE TABLE no (a int);');
)"),
            (Found{"people.name varchar(40) 3:3", "people.role enum('a','b') 4:3", "people.full_name varchar(80) 7:43",
                   "people.city text 7:95", "people.zip text 7:108"}));
}

TEST(SqlSchema, ReadsTablesOfSqliteAndPassesOverData) {
  EXPECT_EQ(
      Fields("a.sql",
             "CREATE VIRTUAL TABLE notes USING fts5(body, author, tokenize='porter');\n"
             "CREATE TABLE [odd name] ([mail] TEXT, n);\n"
             "COPY notes (body) FROM stdin;\nit's CREATE TABLE x (email text)\n\\.\nCREATE TABLE t (a int);\n"),
      (Found{"notes.body 1:39", "notes.author 1:45", "odd name.mail TEXT 2:26", "odd name.n 2:39", "t.a int 6:17"}));
}

TEST(PrismaSchema, ReadsModelsByTheirNamesInTheDatabase) {
  EXPECT_EQ(Fields("schema.prisma", R"(datasource db { provider = "postgresql" }
enum Role { USER ADMIN }
model User {
  id      Int     @id @default(autoincrement())
  email   String? @unique @map("mail") // model No {
  posts   Post[]
  role    Role    @default(USER)
  @@map("users")
}
model Post { title String }
)"),
            (Found{"users.id Int 4:3", "users.mail String 5:3", "users.role Role 7:3", "Post.title String 10:14"}));
}

TEST(DjangoSchema, ReadsModels) {
  EXPECT_EQ(Fields("shop/models.py", R"py(from django.db import models
class Customer(models.Model):
    """class No(models.Model): email = models.EmailField()"""
    email = models.EmailField(max_length=200, db_column="mail")
    born = models.DateField(
        null=True,
    )
    friends = models.ManyToManyField("self")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE)
    class Meta:
        db_table = "crm_customer"
    phone = models.CharField(max_length=20)
class Shop(models.Model):
    city = models.CharField(max_length=20)
def f():
    x = models.TextField()
)py"),
            (Found{"crm_customer.mail EmailField 4:5", "crm_customer.born DateField 5:5",
                   "crm_customer.phone CharField 12:5", "Shop.city CharField 14:5"}));
}

TEST(DjangoSchema, ReadsMigrations) {
  EXPECT_EQ(Fields("0001_initial.py", R"(from django.db import migrations, models
class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[("id", models.BigAutoField(primary_key=True)), ("email", models.EmailField(max_length=200))],
        ),
        migrations.AddField(model_name="customer", name="phone", field=models.CharField(max_length=20)),
        migrations.RenameField(model_name="customer", old_name="a", new_name="birth_date"),
    ]
)"),
            (Found{"Customer.id BigAutoField 6:22", "Customer.email EmailField 6:69", "customer.phone CharField 8:28",
                   "customer.birth_date 9:31"}));
}

TEST(RailsSchema, ReadsTablesAndMigrations) {
  EXPECT_EQ(Fields("db/schema.rb", R"(ActiveRecord::Schema[7.1].define(version: 1) do
  create_table "users", force: :cascade do |t|
    t.string "email", null: false # t.string "no"
    t.string :first_name, :last_name, limit: 40
    t.column :born, :date
    t.index ["email"], name: "by_email"
    t.references :shop
    t.timestamps
  end
  change_table :users do |u|
    u.rename :a, :phone
  end
end
class AddIt < ActiveRecord::Migration[7.1]
  def change
    add_column :users, :iban, :string, limit: 34
    rename_column(:users, :b, :city)
  end
end
)"),
            (Found{"users.email string 3:14", "users.first_name string 4:15", "users.last_name string 4:28",
                   "users.born date 5:15", "users.phone 11:19", "users.iban string 16:25", "users.city 17:32"}));
}

TEST(ProtobufSchema, ReadsFieldsOfMessages) {
  EXPECT_EQ(Fields("a.proto", R"(syntax = "proto3";
option java_package = "org.example";
message Customer {
  reserved 4, 5; // string no = 9;
  string email = 1 [(rules) = { min: 1 }];
  enum Kind { A = 0; }
  message Address { repeated string street = 1; }
  oneof contact { string phone = 6; google.protobuf.Timestamp born = 7; }
  map<string, Address> addresses = 8;
  optional int32 age = 9;
}
service S { rpc Get (Customer) returns (Customer); }
)"),
            (Found{"Customer.email string 5:10", "Address.street string 7:37", "Customer.phone string 8:26",
                   "Customer.born google.protobuf.Timestamp 8:63", "Customer.addresses map<string, Address> 9:24",
                   "Customer.age int32 10:18"}));
}

TEST(JsonSchema, ReadsPropertiesAndNotWhatIsData) {
  EXPECT_EQ(Fields("order.json",
                   "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"title\": \"Order\",\n"
                   "\t\"properties\": {\"email\": {\"type\": \"string\", \"format\": \"email\",\n"
                   "\t\t\"default\": {\"properties\": {\"no\": {}}}},\n"
                   "\t\t\"ship\\u00e9\": {\"properties\": {\"street\": {\"type\": \"string\"}}},\n"
                   "\t\t\"lines\": {\"items\": {\"properties\": {\"sku\": {}}}}},\n"
                   "\t\"$defs\": {\"Person\": {\"properties\": {\"properties\": {\"type\": \"object\"}}}}}\n"),
            (Found{"Order.email string email 2:18", "Order.shipé 4:17", "Order.shipé.street string 4:34",
                   "Order.lines 5:4", "Order.lines.sku 5:39", "Person.properties object 6:39"}));
}

TEST(JsonSchema, ReadsOpenApiInYaml) {
  EXPECT_EQ(Fields("api.yaml", R"(openapi: 3.1.0
tags: [{name: email}]
paths:
  /users/{id}:
    get:
      parameters:
        - name: email
          in: query
          schema: {type: string}
components:
  schemas:
    User:
      type: object
      properties:
        birth_date:
          type: string
          format: date
)"),
            (Found{"parameters.email string 7:17", "User.birth_date string date 15:9"}));
}

TEST(SchemaFile, IsToldByNameAndText) {
  EXPECT_FALSE(SchemaFormatOf("package.json", R"({"name": "x", "schema": 1})"));
  EXPECT_FALSE(SchemaFormatOf("views.py", "class Customer: email = EmailField()"));
  EXPECT_FALSE(SchemaFormatOf("user.rb", "class User; end"));
  EXPECT_FALSE(SchemaFormatOf("notes.txt", "CREATE TABLE a (b int);"));
  EXPECT_EQ(SchemaFormatOf("api.json", R"({"swagger": "2.0"})"), SchemaFormat::kJsonSchema);
}

TEST(SchemaFile, RefusesWhatIsNoTextOrTooLarge) {
  EXPECT_TRUE(ReadSchema(SchemaFormat::kSql, "CREATE TABLE a (b\xFF int)", "a.sql").error().Is("gate.not_text"));
  EXPECT_TRUE(
      ReadSchema(SchemaFormat::kSql, std::string(kSchemaBytesMax + 1, ' '), "a.sql").error().Is("gate.too_large"));
  std::string many = "CREATE TABLE a (b";
  for (std::size_t each = 0; each < kSchemaFieldsMax; ++each) many += ",b";
  EXPECT_TRUE(ReadSchema(SchemaFormat::kSql, many + ")", "a.sql").error().Is("gate.too_many_fields"));
}

}  // namespace
}  // namespace privity
