ActiveRecord::Schema[7.1].define(version: 1) do
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
