namespace Fulfillment.Engine;

/// <summary>
/// The keys of data subjects that are durable but not filed yet. A new key belongs anywhere among millions: filed at
/// once, each had a page of the store written for itself. So all of one commit are one row of a log, and are kept in
/// memory; when there are <paramref name="most"/>, they are filed in order, some with each commit, many to a page,
/// while the log takes up the next ones (after O'Neil et al., "The log-structured merge-tree", Acta Informatica 33,
/// 1996).
/// </summary>
sealed class KeyLog(int most)
{
    // With each commit, and for each key that comes in: the log is worked off faster than it fills.
    const int FiledAtLeast = 64, FiledForEach = 2;

    readonly Lock _lock = new();
    HashSet<LoggedKey> _taken = [], _leaving = [];
    LoggedKey[] _order = [];
    (string Subject, byte[] Key)[] _made = [];
    long _row, _lastToLeave;
    int _filed, _filing;
    volatile bool _closing;

    /// <summary>Takes up what an earlier process logged. Returns the subjects.</summary>
    public IEnumerable<string> Start(IReadOnlyList<LoggedKeys> log)
    {
        foreach (var row in log) _taken.UnionWith(LoggedKey.Of(row.Keys));
        if (log.Count > 0) _row = log[^1].Row;
        return _taken.Select(k => k.Subject);
    }

    /// <summary>The key of a subject; null when it is filed, or not written yet, or there is none.</summary>
    public byte[]? Find(string subject)
    {
        var sought = LoggedKey.Of(subject);
        lock (_lock)
            return _taken.TryGetValue(sought, out var key) || _leaving.TryGetValue(sought, out key) ? key.Key : null;
    }

    /// <summary>From the next commit on everything is filed: the process ends.</summary>
    public void Close() => _closing = true;

    /// <summary>Logs new keys with a commit, and files some of the old ones.</summary>
    public void Join(CommitGroup group, (string Subject, byte[] Key)[] made)
    {
        _made = made;
        if (made.Length > 0) group.LoggedKeys = new(_row + 1, LoggedKey.Row(made));
        if (_leaving.Count == 0 && _taken.Count >= most) Turn();
        _filing = _closing ? _order.Length - _filed
            : Math.Min(FiledAtLeast + (FiledForEach * made.Length), _order.Length - _filed);
        foreach (var key in _order.AsSpan(_filed, _filing)) group.Keys.Add((key.Subject, key.Key));
        if (_filing > 0 && _filed + _filing == _order.Length) group.LogFiledUpTo = _lastToLeave;
        if (!_closing) return;
        foreach (var key in _taken) group.Keys.Add((key.Subject, key.Key));
        group.Keys.AddRange(made);
        group.LogFiledUpTo = _row + 1;
    }

    /// <summary>
    /// The commit that <see cref="Join"/> was for was made. Returns the new keys that it made durable.
    /// </summary>
    public (string Subject, byte[] Key)[] Committed(CommitGroup group)
    {
        lock (_lock)
        {
            if (group.LoggedKeys is { } logged)
            {
                _row = logged.Row;
                _taken.UnionWith(LoggedKey.Of(logged.Keys));
            }

            if (group.LogFiledUpTo >= _row) _taken = [];
            _filed += _filing;
            if (_filed == _order.Length) (_leaving, _order, _filed) = ([], [], 0);
        }

        _filing = 0;
        return _made;
    }

    /// <summary>
    /// Those that were taken leave from now on. Their order is the store's up to the eighth byte, and that is enough
    /// for neighbours to meet on a page.
    /// </summary>
    void Turn()
    {
        lock (_lock) (_leaving, _taken, _lastToLeave) = (_taken, new(_taken.Count), _row);
        _order = [.. _leaving];
        Array.Sort(Array.ConvertAll(_order, k => k.Order), _order);
    }
}
