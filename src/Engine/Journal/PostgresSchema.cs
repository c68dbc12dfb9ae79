namespace Fulfillment.Engine;

/// <summary>The journal's tables in PostgreSQL, in a schema of their own.</summary>
static class PostgresSchema
{
    /// <summary>The schema version this code reads and writes.</summary>
    public const int Version = 3;

    /// <summary>
    /// Everything, where nothing is. The head's lock makes positions follow each other in the order of the commits. A
    /// <c>writer</c> is a process that appends: the one of an embedded engine (1), or a silo. It answers for the sends
    /// of its own events, and has a row in <c>outbox</c> until another takes them over. Text that is looked for
    /// compares as bytes, as in the other stores, whatever the database's language; and several times faster.
    /// </summary>
    public const string Create =
        """
        create table settings(name text primary key, value bytea not null);
        create table head(one boolean primary key default true check (one), position bigint not null);
        insert into head(position) values (0);
        create table entities(
            id bigint generated always as identity primary key,
            kind text collate "C" not null, key text collate "C" not null, unique (key, kind));
        create table events(
            position bigint primary key, entity bigint not null, version bigint not null,
            type text collate "C" not null, at bigint not null, actor text not null, cause text not null,
            hash bytea not null, payload bytea not null, sends bytea, writer int not null default 1,
            unique (entity, version));
        create table snapshots(
            entity bigint primary key, version bigint not null, format int not null, hash bytea not null,
            state bytea not null);
        create table deferred(
            position bigint not null, idx int not null, due bigint not null, attempts int not null,
            writer int not null default 1, primary key (position, idx));
        create index deferred_due on deferred(writer, due, position, idx);
        create table outbox(
            writer int primary key, watermark bigint not null, owner text collate "C" not null default '');
        create sequence writers start 2;
        create table subjects(subject text collate "C" primary key, key bytea not null);
        """ + KeyLog + Functions;

    /// <summary>From schema 1, which knew one writer. <see cref="From2"/> follows.</summary>
    public const string From1 =
        """
        alter table events add column writer int not null default 1;
        alter table deferred add column writer int not null default 1;
        drop index deferred_due;
        create index deferred_due on deferred(writer, due, position, idx);
        alter table outbox add column owner text not null default '';
        create sequence writers start 2;
        drop function append;
        """;

    /// <summary>
    /// From schema 2, which compared text as the database's language does, and had no log of keys.
    /// </summary>
    public const string From2 =
        """
        alter table entities alter column kind type text collate "C", alter column key type text collate "C";
        alter table events alter column type type text collate "C";
        alter table outbox alter column owner type text collate "C";
        alter table subjects alter column subject type text collate "C";
        """ + KeyLog + Functions;

    /// <summary>
    /// Of states too large for one commit. They count when all their parts are there. A process of an earlier version
    /// replays the events: it may write the same journal beside this one.
    /// </summary>
    public const string LargeSnapshots =
        """
        create table large_snapshots(
            entity bigint primary key, version bigint not null, format int not null, hash bytea not null,
            bytes int not null, digest bytea not null);
        create table snapshot_parts(
            entity bigint not null, version bigint not null, digest bytea not null, start int not null,
            state bytea not null, primary key (entity, version, digest, start));
        """;

    /// <summary>What stands for the large snapshots of a journal that has none.</summary>
    public const string NoLargeSnapshots =
        "(select null::bigint as entity, null::bigint as version, null::int as format, null::bytea as hash, "
        + "null::int as bytes, null::bytea as digest where false)";

    const string KeyLog = "create table key_log(id bigint primary key, keys bytea not null);\n";

    /// <summary>The error of a writer whose sends another has taken over: it must not write any more.</summary>
    public const string Deposed = "FF001";

    /// <summary>The error of the only writer's short way: the journal is not where the writer took it to be.</summary>
    public const string Elsewhere = "FF002";

    // Appending is one function call, so that one message to the server writes a whole group and nobody holds the lock
    // on the head while a network or a frozen client is waited for. A writer that is alone keeps nobody waiting: it
    // sends plain statements after advance.
    const string Functions =
        """
        create or replace function fence(writer_id int) returns bigint language plpgsql as $$
        declare
            at bigint;
        begin
            select position into at from head for update;
            if not exists (select 1 from outbox o where o.writer = writer_id) then
                raise exception 'writer % was taken over', writer_id using errcode = 'FF001';
            end if;
            return at;
        end $$;

        -- Where the only writer, who has numbered its events itself, begins; it holds the lock on the head then. The
        -- writer is looked for in a second statement: the first may have waited for the one that deposed it.
        create or replace function advance(writer_id int, start bigint, till bigint) returns void language plpgsql as $$
        begin
            update head set position = till where position = start;
            if not found then
                raise exception 'the head is not at %', start using errcode = 'FF002';
            end if;
            if not exists (select 1 from outbox o where o.writer = writer_id) then
                raise exception 'writer % was taken over', writer_id using errcode = 'FF001';
            end if;
        end $$;

        -- The events that others are about to follow are there.
        create or replace function rest_on(ids bigint[], versions bigint[], hashes bytea[]) returns void
        language plpgsql
        set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
        set jit = off as $$
        begin
            if exists (
                select 1 from unnest(ids, versions, hashes) r(id, version, hash)
                where not exists (
                    select 1 from events e where e.entity = r.id and e.version = r.version and e.hash = r.hash)) then
                raise exception 'an event to be followed is missing' using errcode = 'FF002';
            end if;
        end $$;

        -- What a lost writer left: its timers, and those of its sends that may not have been answered. From now on the
        -- taker answers for them, and the lost one cannot write.
        create or replace function take_over(lost int, taker int, due_now bigint) returns boolean language plpgsql as $$
        declare
            answered bigint;
        begin
            perform fence(taker);
            delete from outbox o where o.writer = lost returning o.watermark into answered;
            if not found then
                return false;
            end if;
            update deferred set writer = taker where writer = lost;
            insert into deferred(position, idx, due, attempts, writer)
                select e.position, s.ord - 1, due_now, 0, taker
                from events e
                cross join lateral json_array_elements(convert_from(e.sends, 'utf8')::json) with ordinality s(send, ord)
                where e.position > answered and e.writer = lost and e.sends is not null and s.send -> 'due' is null
                on conflict do nothing;
            return true;
        end $$;

        create or replace function append(
            writer_id int, run_ids bigint[], run_writes boolean[], run_kinds text[], run_keys text[],
            run_firsts bigint[],
            run_previous bytea[],
            event_runs int[], event_versions bigint[], event_types text[], event_ats bigint[], event_actors text[],
            event_causes text[], event_hashes bytea[], event_payloads bytea[], event_sends bytea[],
            timer_events int[], timer_idxs int[], timer_dues bigint[])
        returns table(start bigint, ids bigint[], accepted boolean[]) language plpgsql
        -- Every look-up is by a unique key. A plan made while the tables were empty must not scan them for ever.
        set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
        set jit = off as $$
        declare
            written bigint;
        begin
            start := fence(writer_id);
            insert into entities(kind, key)
                select r.kind, r.key from unnest(run_ids, run_writes, run_kinds, run_keys) r(id, writes, kind, key)
                where r.id = 0 and r.writes
                on conflict do nothing;
            -- A run is written if its first version is free and the event before it is the one it was decided on, and
            -- no other activation of the entity writes before it in the group.
            select array_agg(coalesce(run.id, 0) order by run.ord),
                array_agg(
                    run.writers = 0
                    and not exists (select 1 from events e where e.entity = run.id and e.version = run.first)
                    and (run.first = 1 or exists (
                        select 1 from events e
                        where e.entity = run.id and e.version = run.first - 1 and e.hash = run.previous))
                    order by run.ord)
                into ids, accepted
                from (
                    select r.ord, coalesce(nullif(r.id, 0), n.id) as id, r.first, r.previous,
                        count(*) filter (where r.writes) over (
                            partition by coalesce(nullif(r.id, 0), n.id, -r.ord) order by r.ord
                            rows between unbounded preceding and 1 preceding) as writers
                    from unnest(run_ids, run_writes, run_kinds, run_keys, run_firsts, run_previous)
                        with ordinality r(id, writes, kind, key, first, previous, ord)
                    left join entities n on r.id = 0 and n.key = r.key and n.kind = r.kind) run;
            insert into events(position, entity, version, type, at, actor, cause, hash, payload, sends, writer)
                select start + row_number() over (order by e.ord), ids[e.run], e.version, e.type, e.at, e.actor,
                    e.cause, e.hash, e.payload, e.sends, writer_id
                from unnest(event_runs, event_versions, event_types, event_ats, event_actors, event_causes,
                    event_hashes, event_payloads, event_sends)
                    with ordinality e(run, version, type, at, actor, cause, hash, payload, sends, ord)
                where accepted[e.run];
            get diagnostics written = row_count;
            if cardinality(timer_events) > 0 then
                insert into deferred(position, idx, due, attempts, writer)
                    select p.position, t.idx, t.due, 0, writer_id
                    from unnest(timer_events, timer_idxs, timer_dues) t(event, idx, due)
                    join (
                        select e.ord, start + row_number() over (order by e.ord) as position
                        from unnest(event_runs) with ordinality e(run, ord) where accepted[e.run]) p on p.ord = t.event;
            end if;
            update head set position = start + written;
            return next;
        end $$;
        """;
}
