using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

public abstract partial class JournalContract
{
    [SkippableFact]
    public void Reading_by_entity_gives_every_event_once_an_entity_at_a_time()
    {
        var (a, b) = (_pen.Fresh("a"), _pen.Fresh("b"));
        Pen.Commit(
            _store, _pen.Write(a, new CounterCommand.Add("1", 1)), _pen.Write(b, new CounterCommand.Add("1", 1)));
        Pen.Commit(_store, _pen.Write(a, new CounterCommand.Add("2", 1), new CounterCommand.Add("3", 1)));
        Pen.Commit(_store, _pen.Write(b, new CounterCommand.Add("2", 1)));

        List<(string, long)> read = [];
        var (row, version) = (0L, 0L);
        while (_store.ReadByEntity(row, version, 2) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 2);
            read.AddRange(page.Select(e => (e.Event.Entity.Name, e.Event.Version)));
            (row, version) = (page[^1].Row, page[^1].Event.Version);
        }

        var first = read[0].Item1;
        Assert.Equal(
            first == "a"
                ? [("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2)]
                : [("b", 1), ("b", 2), ("a", 1), ("a", 2), ("a", 3)],
            read);
    }

    [SkippableFact]
    public void A_reader_beside_the_writer_sees_what_is_committed()
    {
        Pen.Commit(_store, _pen.Write(_pen.Fresh("a"), new CounterCommand.Add("1", 1)));
        var reader = _place.Connect();
        try
        {
            Assert.Equal(1, reader.OpenToRead());
            Assert.Equal(["a"], reader.Read(0, 10).Select(e => e.Entity.Name));
            Pen.Commit(_store, _pen.Write(_pen.Fresh("b"), new CounterCommand.Add("1", 1)));
            Assert.Equal(2, reader.OpenToRead());
        }
        finally
        {
            if (reader != _store) reader.Dispose();
        }
    }
}
