# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What has come in and must be handed on, and what was handed out.
Sequel.migration do
  change do
    alter_table(:webhooks) do
      add_column :body, String, text: true # until it was handed to the runs that wait for it
      add_index :received_at, where: Sequel.~(body: nil), name: :webhooks_to_hand_on
    end

    alter_table(:runs) do
      # How often the changeset was handed out: above 1, one page cannot tell what another one did.
      add_column :handed_out, Integer, null: false, default: 0
    end
  end
end
