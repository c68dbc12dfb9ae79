using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Fulfillment.Tests.Engine;

/// <summary>What can be wrong with the file of a journal, its folder and its disk.</summary>
public sealed class SqliteFileTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly Pen _pen = new();

    string File => Path.Combine(_folder.Path, "journal.db");

    [Fact]
    public void A_journal_of_a_newer_version_is_refused_and_left_alone()
    {
        using (SqliteStore store = new(File))
        {
            store.Open();
            _pen.Begin(store, "a");
        }

        Execute("pragma user_version = 3");
        var before = System.IO.File.ReadAllBytes(File);
        using SqliteStore newer = new(File);
        var refused = Assert.Throws<StoreUnavailableException>(newer.Open);
        Assert.Equal(
            $"The journal {File} has schema 3; this version knows schemas up to 2. Use a newer version.",
            refused.Message);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Theory]
    [InlineData(
        "no database at all, but long enough to look for a header in it, which takes a hundred bytes or so, and more")]
    [InlineData("short")]
    public void A_file_that_is_no_database_is_refused_and_left_alone(string content)
    {
        System.IO.File.WriteAllText(File, content);
        using SqliteStore store = new(File);
        var refused = Assert.Throws<StoreUnavailableException>(store.Open);
        Assert.Equal($"The journal {File} cannot be opened: the file is damaged or is not a journal.", refused.Message);
        Assert.Equal(content, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused()
    {
        using SqliteStore store = new(Path.Combine(_folder.Path, "nowhere", "journal.db"));
        Assert.Contains("cannot be opened or created", Assert.Throws<StoreUnavailableException>(store.Open).Message);
    }

    [SkippableFact]
    public void A_journal_that_could_not_be_opened_holds_no_file()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Open files are counted in /proc.");
        System.IO.File.WriteAllText(File, "no database");
        for (var i = 0; i < 3; i++)
        {
            using SqliteStore store = new(File);
            Assert.Throws<StoreUnavailableException>(store.Open);
        }

        Assert.DoesNotContain(OpenFiles(), f => f.StartsWith(_folder.Path, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_disk_that_may_only_be_read_is_refused_with_that_reason()
    {
        using SmallDisk disk = new(4 << 20);
        var file = Path.Combine(disk.Path, "journal.db");
        using (SqliteStore store = new(file))
        {
            store.Open();
            _pen.Begin(store, "a");
        }

        disk.MakeReadOnly();
        foreach (var path in new[] { file, Path.Combine(disk.Path, "new.db") })
        {
            using SqliteStore store = new(path);
            Assert.Contains(
                "cannot be opened or created", Assert.Throws<StoreUnavailableException>(store.Open).Message);
        }

        var server = Assert.Throws<StoreUnavailableException>(
            () => EmbeddedServer.Open(new(disk.Path), new EngineOptions(), TimeProvider.System));
        Assert.Contains($"The data folder {disk.Path} cannot be used: Read-only file system", server.Message);
    }

    [SkippableFact]
    public async Task A_full_disk_refuses_what_does_not_fit_and_work_goes_on_when_there_is_room_again()
    {
        using SmallDisk disk = new(4 << 20);
        var ballast = Path.Combine(disk.Path, "ballast");
        await System.IO.File.WriteAllBytesAsync(ballast, new byte[1 << 20]);
        var file = Path.Combine(disk.Path, "journal.db");
        List<string> acknowledged = [];
        await using (Host host = new(new SqliteStore(file)))
        {
            ClusterException? full = null;
            for (var i = 0; full is null; i++)
            {
                Assert.True(i < 1_000, "the disk never filled up");
                full = await Add(host, $"{i}", new string('x', 30_000), acknowledged);
            }

            Assert.Equal(Fault.NotWritten, full.Fault);
            Assert.True(acknowledged.Count > 10);
            Assert.Equal(acknowledged.Count, (await host.Ask("a", new CounterCommand.Get())).Value);
            Assert.Contains("the disk is full", host.Cluster.Journal.Stats.Trouble);

            System.IO.File.Delete(ballast);
            for (var i = 0; i < 5; i++)
                Assert.Null(await Add(host, $"after {i}", new string('x', 30_000), acknowledged));
            Assert.Equal(acknowledged.Count, (await host.Ask("a", new CounterCommand.Get())).Value);
            Assert.Null(host.Cluster.Journal.Stats.Trouble);
        }

        using SqliteStore again = new(file);
        again.Open();
        var ids = again.Read(0, 10_000).Select(e => ((CounterEvent.Added)Counter.Kinds().Read(e).Event).Id);
        Assert.Equal(acknowledged, ids);
    }

    [Fact]
    public async Task A_second_process_on_a_data_folder_is_refused_and_the_folder_is_free_after_the_first()
    {
        DataPlace place = new(_folder.Path);
        await using (EmbeddedServer.Open(place, new EngineOptions(), TimeProvider.System))
        {
            var refused = Assert.Throws<StoreUnavailableException>(
                () => EmbeddedServer.Open(place, new EngineOptions(), TimeProvider.System));
            Assert.Equal(
                $"Another process uses the data folder {_folder.Path}. Stop it, or choose another folder with --data.",
                refused.Message);
        }

        await using var second = EmbeddedServer.Open(place, new EngineOptions(), TimeProvider.System);
    }

    [Fact]
    public void A_data_folder_that_is_a_file_is_refused()
    {
        System.IO.File.WriteAllText(File, "a file");
        var refused = Assert.Throws<StoreUnavailableException>(() => FolderLock.Take(File));
        Assert.Contains(File, refused.Message);
    }

    public void Dispose()
    {
        _pen.Dispose();
        _folder.Dispose();
    }

    static async Task<ClusterException?> Add(Host host, string id, string text, List<string> acknowledged)
    {
        try
        {
            await host.Ask("a", new CounterCommand.Add(id, 1, text));
            acknowledged.Add(id);
            return null;
        }
        catch (ClusterException e)
        {
            return e;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_of_older_snapshots_go_as_those_of_later_ones_come(bool end)
    {
        using SqliteStore store = new(File);
        store.Open();
        var written = LargeSnapshots.Write(_pen, [store], 10, end);
        Assert.InRange(Number("select count(*) from snapshot_parts"), 1, 2 * LargeSnapshots.Parts);
        CommitGroup group = new();
        group.Batches.Add(_pen.Write(written, new CounterCommand.Add("last", 1)));
        group.Snapshots.Add((written, written.TakeSnapshot()()));
        Pen.Commit(store, group);
        Assert.Equal(0, Number("select count(*) from snapshot_parts"));
    }

    long Number(string sql)
    {
        using SqliteConnection connection = new($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static IEnumerable<string> OpenFiles() => Directory.GetFiles("/proc/self/fd")
        .Select(f => new FileInfo(f).LinkTarget).OfType<string>();
}
