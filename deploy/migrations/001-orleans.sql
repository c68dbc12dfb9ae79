-- What Orleans' ADO.NET providers for clustering, grain persistence and reminders ask of a database: a table of
-- queries, each under the key the provider looks it up by, with its parameters by name. Tables and queries are ours.
-- Applied in the schema fulfillment_orleans by `fulfillment-silo schema`.

create table orleansquery(querykey text primary key, querytext text not null);

-- Who is in the cluster. The version counts every change of a status; a change is made on the version it was decided on.
create table membership_version(deployment text primary key, version int not null default 0);
create table membership(
    deployment text not null references membership_version, address text not null, port int not null,
    generation int not null, silo_name text not null, host_name text not null, status int not null, proxy_port int,
    suspect_times text, start_time timestamptz not null, alive_time timestamptz not null,
    primary key (deployment, address, port, generation));

insert into orleansquery values
('InsertMembershipVersionKey', '
    with made as (
        insert into membership_version(deployment) values (@DeploymentId) on conflict do nothing returning 1)
    select count(*)::int from made'),
('InsertMembershipKey', '
    with moved as (
        update membership_version v set version = v.version + 1
        where v.deployment = @DeploymentId and v.version = @Version and not exists (
            select 1 from membership m
            where m.deployment = @DeploymentId and m.address = @Address and m.port = @Port
                and m.generation = @Generation)
        returning 1),
    made as (
        insert into membership(
            deployment, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
        select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
            @IAmAliveTime
        from moved
        returning 1)
    select count(*)::int from made'),
('UpdateMembershipKey', '
    with moved as (
        update membership_version v set version = v.version + 1
        where v.deployment = @DeploymentId and v.version = @Version
        returning 1),
    changed as (
        update membership m set status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
        from moved
        where m.deployment = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation
        returning 1)
    select count(*)::int from changed'),
('UpdateIAmAlivetimeKey', '
    update membership set alive_time = @IAmAliveTime
    where deployment = @DeploymentId and address = @Address and port = @Port and generation = @Generation'),
('MembershipReadRowKey', '
    select v.deployment as "DeploymentId", m.address as "Address", m.port as "Port", m.generation as "Generation",
        m.silo_name as "SiloName", m.host_name as "HostName", m.status as "Status", m.proxy_port as "ProxyPort",
        m.suspect_times as "SuspectTimes", m.start_time as "StartTime", m.alive_time as "IAmAliveTime",
        v.version as "Version"
    from membership_version v
    left join membership m on m.deployment = v.deployment and m.address = @Address and m.port = @Port
        and m.generation = @Generation
    where v.deployment = @DeploymentId'),
('MembershipReadAllKey', '
    select v.deployment as "DeploymentId", m.address as "Address", m.port as "Port", m.generation as "Generation",
        m.silo_name as "SiloName", m.host_name as "HostName", m.status as "Status", m.proxy_port as "ProxyPort",
        m.suspect_times as "SuspectTimes", m.start_time as "StartTime", m.alive_time as "IAmAliveTime",
        v.version as "Version"
    from membership_version v left join membership m on m.deployment = v.deployment
    where v.deployment = @DeploymentId'),
('DeleteMembershipTableEntriesKey', '
    with silos as (delete from membership where deployment = @DeploymentId)
    delete from membership_version where deployment = @DeploymentId'),
('GatewaysQueryKey', '
    select address as "Address", proxy_port as "ProxyPort", generation as "Generation"
    from membership where deployment = @DeploymentId and status = @Status and proxy_port > 0'),
-- Status 3 is active: such a silo is never swept away, however long it was not heard of.
('CleanupDefunctSiloEntriesKey', '
    delete from membership where deployment = @DeploymentId and alive_time < @IAmAliveTime and status <> 3');

-- States of grains that Orleans keeps: stream subscriptions and the cluster's settings. Entities are in the journal.
create table grain_states(
    service text not null, grain_hash int not null, type_hash int not null, grain_n0 bigint not null,
    grain_n1 bigint not null, type_name text not null, extension text not null default '', payload bytea,
    modified timestamptz not null default now(), version int not null,
    primary key (grain_hash, type_hash, grain_n0, grain_n1, type_name, extension, service));

insert into orleansquery values
-- Without a version it must be new; with one it must be that.
('WriteToStorageKey', '
    with changed as (
        update grain_states set payload = @PayloadBinary, modified = now(), version = version + 1
        where grain_hash = @GrainIdHash and type_hash = @GrainTypeHash and grain_n0 = @GrainIdN0
            and grain_n1 = @GrainIdN1 and type_name = @GrainTypeString
            and extension = coalesce(@GrainIdExtensionString, '''') and service = @ServiceId
            and version = @GrainStateVersion::int
        returning version),
    made as (
        insert into grain_states(
            service, grain_hash, type_hash, grain_n0, grain_n1, type_name, extension, payload, version)
        select @ServiceId, @GrainIdHash, @GrainTypeHash, @GrainIdN0, @GrainIdN1, @GrainTypeString,
            coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, 1
        where @GrainStateVersion::int is null
        on conflict do nothing
        returning version)
    select coalesce((select version from changed), (select version from made), @GrainStateVersion::int)
        as "NewGrainStateVersion"'),
('ReadFromStorageKey', '
    select payload as "PayloadBinary", now() at time zone ''utc'', version as "Version"
    from grain_states
    where grain_hash = @GrainIdHash and type_hash = @GrainTypeHash and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1
        and type_name = @GrainTypeString and extension = coalesce(@GrainIdExtensionString, '''')
        and service = @ServiceId'),
('ClearStorageKey', '
    update grain_states set payload = null, modified = now(), version = version + 1
    where grain_hash = @GrainIdHash and type_hash = @GrainTypeHash and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1
        and type_name = @GrainTypeString and extension = coalesce(@GrainIdExtensionString, '''')
        and service = @ServiceId and version = @GrainStateVersion
    returning version as "NewGrainStateVersion"'),
('DeleteStorageKey', '
    delete from grain_states
    where grain_hash = @GrainIdHash and type_hash = @GrainTypeHash and grain_n0 = @GrainIdN0 and grain_n1 = @GrainIdN1
        and type_name = @GrainTypeString and extension = coalesce(@GrainIdExtensionString, '''')
        and service = @ServiceId and version = @GrainStateVersion
    returning version + 1 as "NewGrainStateVersion"');

-- Reminders of grains.
create table reminders(
    service text not null, grain text not null, name text not null, start_time timestamptz not null,
    period bigint not null, grain_hash int not null, version int not null default 0,
    primary key (service, grain, name));
create index reminders_hash on reminders(service, grain_hash);

insert into orleansquery values
('UpsertReminderRowKey', '
    insert into reminders(service, grain, name, start_time, period, grain_hash)
    values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash)
    on conflict (service, grain, name) do update set start_time = excluded.start_time, period = excluded.period,
        grain_hash = excluded.grain_hash, version = reminders.version + 1
    returning version'),
('ReadReminderRowsKey', '
    select grain as "GrainId", name as "ReminderName", start_time as "StartTime", period as "Period",
        version as "Version"
    from reminders where service = @ServiceId and grain = @GrainId'),
('ReadReminderRowKey', '
    select grain as "GrainId", name as "ReminderName", start_time as "StartTime", period as "Period",
        version as "Version"
    from reminders where service = @ServiceId and grain = @GrainId and name = @ReminderName'),
('ReadRangeRows1Key', '
    select grain as "GrainId", name as "ReminderName", start_time as "StartTime", period as "Period",
        version as "Version"
    from reminders where service = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash'),
('ReadRangeRows2Key', '
    select grain as "GrainId", name as "ReminderName", start_time as "StartTime", period as "Period",
        version as "Version"
    from reminders where service = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)'),
('DeleteReminderRowKey', '
    with gone as (
        delete from reminders
        where service = @ServiceId and grain = @GrainId and name = @ReminderName and version = @Version
        returning 1)
    select count(*)::int from gone'),
('DeleteReminderRowsKey', 'delete from reminders where service = @ServiceId');
