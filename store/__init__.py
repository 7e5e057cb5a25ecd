"""Observations → Points: the only room that knows SQL.

    from store import open_store
    with open_store(home.database) as store:                    # readonly=True for readers
        store.save_reading(reading)                             # one transaction, idempotent
        store.settle()                                          # points, copies, search; cheap when nothing is new
        points = store.series("Lạng Sơn", "BHXH_TN.participants", as_of=date(2020, 5, 31))

| what | asked of a `Store` |
|---|---|
| crawling | `last_fetch add_fetch add_page add_archived_page knows_record unread_pages pages page_of source_runs` |
| what is still to be asked | `owe debt debts settle_debts sending host note_host` |
| reading | `save_reading save_readings has_reading` |
| series | `series rows series_gaps series_and_gaps compare progress ranking` (options: `store.series.SeriesOptions`) |
| people | `review review_counts add_verdict undo_verdict add_correction verdicts observation` |
| the office | `import_office office_figures` |
| the day | `day_facts start_run end_run runs add_deed deeds` |
| questions | `search sql` |
| re-reading | `standing_versions knows_source stage_readings staged_differences adopt_staged drop_staged` |
| rebuilding | `contents hand_documents handed first_read carry_over` |
| keeping | `settle resettle backup doctor size`, `store.keeping.restore`, `store.keeping.repair_indexes` |
| forms | `store.json_forms.point_row`, `store.exports.export`, `store.exports.write_package` |

Errors are those of `model.errors`: StoreError and below for the file, InputError and below for what was asked.
"""

from store.store import Store, open_store

__all__ = ["Store", "open_store"]
