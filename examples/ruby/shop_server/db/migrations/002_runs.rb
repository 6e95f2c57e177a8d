# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# One row for each accepted offer: its plan, its journal, and what is to be done next.
Sequel.migration do
  change do
    create_table(:runs) do
      String :id, primary_key: true # the run_id, which makes claims on the order
      foreign_key :session_id, :sessions, type: String, null: false, unique: true
      String :plan_id, null: false, unique: true # one acceptance is carried out by one run
      String :plan, text: true, null: false # never made anew: the journal counts rows of it
      String :api_version, null: false
      String :journal, text: true, null: false
      Integer :revision, null: false # the journal's
      String :state, null: false # open, completed, stopped
      String :todo, text: true, null: false # see todo.rb
      TrueClass :begun, null: false, default: false # somebody has taken the call in `todo` on
      Integer :due_at # when somebody must look at it; null: it has ended
      String :outcome # what the journal proves: ordered or failed; null: nothing yet
      TrueClass :told, null: false, default: false # the session knows the outcome
      Integer :started_at, null: false
      index :due_at
      index %i[told outcome]
    end
  end
end
