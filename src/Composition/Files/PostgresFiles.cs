using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Fulfillment.Composition;

/// <summary>
/// Files in the journal's database: several processes share no folder, and a backup of the database then has all.
/// </summary>
public sealed class PostgresFiles(string connection) : IStoredFiles, IAsyncDisposable
{
    const string Table = """
        create schema if not exists fulfillment_files;
        create table if not exists fulfillment_files.stored_files(
            seller text not null, hash text not null, bytes bytea not null, primary key (seller, hash))
        """;

    readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection);
    readonly SemaphoreSlim _creating = new(1);
    bool _created;

    /// <inheritdoc/>
    public async ValueTask<bool> Keep(
        string seller, string hash, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await using var command = await Command(
            "insert into fulfillment_files.stored_files(seller, hash, bytes) values($1, $2, $3) on conflict do nothing",
            seller, hash, cancel);
        command.Parameters.Add(new() { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

    /// <inheritdoc/>
    public ValueTask<bool> Claim(
        string seller, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        // Who waits for another's row and finds it committed has inserted none.
        Keep(seller, name, bytes, cancel);

    /// <inheritdoc/>
    public async ValueTask Release(string seller, string name, CancellationToken cancel)
    {
        await using var command = await Command(
            "delete from fulfillment_files.stored_files where seller = $1 and hash = $2", seller, name, cancel);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> Has(string seller, string hash, CancellationToken cancel)
    {
        await using var command = await Command(
            "select 1 from fulfillment_files.stored_files where seller = $1 and hash = $2", seller, hash, cancel);
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    /// <inheritdoc/>
    public async ValueTask<StoredFile?> Open(string seller, string hash, CancellationToken cancel)
    {
        var command = await Command(
            $"select octet_length(bytes), substring(bytes from 1 for {StoredFile.HeadBytes}), bytes "
            + "from fulfillment_files.stored_files where seller = $1 and hash = $2", seller, hash, cancel);
        NpgsqlDataReader? reader = null;
        try
        {
            reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
            if (await reader.ReadAsync(cancel))
            {
                var (length, head) = (reader.GetInt32(0), (byte[])reader[1]);
                return new(new RowStream(command, reader, await reader.GetStreamAsync(2, cancel)), length, head);
            }
        }
        catch
        {
            if (reader is not null) await reader.DisposeAsync();
            await command.DisposeAsync();
            throw;
        }

        await reader.DisposeAsync();
        await command.DisposeAsync();
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _creating.Dispose();
    }

    async ValueTask<NpgsqlCommand> Command(string sql, string seller, string hash, CancellationToken cancel)
    {
        await Create(cancel);
        var command = _source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = seller });
        command.Parameters.Add(new() { Value = hash });
        return command;
    }

    async ValueTask Create(CancellationToken cancel)
    {
        if (Volatile.Read(ref _created)) return;
        await _creating.WaitAsync(cancel);
        try
        {
            if (_created) return;
            await using var command = _source.CreateCommand(Table);
            await command.ExecuteNonQueryAsync(cancel);
            Volatile.Write(ref _created, true);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation
            or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable)
        {
            // Another process has made them at the same time: "if not exists" does not see what is not committed.
            Volatile.Write(ref _created, true);
        }
        finally
        {
            _creating.Release();
        }
    }
}
