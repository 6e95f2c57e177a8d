# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Purchases, the offers made for them, what is counted, and webhooks that came in.
Sequel.migration do
  change do
    create_table(:purchases) do
      String :reference_id, primary_key: true
      String :order_json, text: true, null: false
      Integer :issued_at, null: false # of the token that brought the order
      Integer :created_at, null: false
    end

    create_table(:sessions) do
      String :id, primary_key: true
      foreign_key :reference_id, :purchases, type: String, null: false
      String :scenario_id, null: false
      String :session_json, text: true, null: false
      String :state, null: false
      Integer :wake_at # null: never
      String :acceptance_json, text: true
      Integer :created_at, null: false
      unique %i[reference_id scenario_id]
      index :wake_at
      # A purchase gets one more offer, and so one click.
      index :reference_id, unique: true, where: Sequel.~(acceptance_json: nil), name: :sessions_one_click
    end

    create_table(:events) do
      primary_key :seq
      foreign_key :session_id, :sessions, type: String, null: false
      String :scenario_id, null: false
      String :event, null: false
      Integer :at, null: false
      unique %i[session_id event]
    end

    create_table(:webhooks) do
      String :event_id, primary_key: true
      String :topic, null: false
      Integer :received_at, null: false
    end
  end
end
