namespace Fulfillment.Simulation;

/// <summary>
/// One thing a caller wants: asked, and asked again with the same id, until there is an answer. <c>Name</c> tells
/// whoever reads a failure what it is.
/// </summary>
public sealed class Question(string name, EntityId to, object command, Action<object> told)
{
    readonly HashSet<object> _heard = new(ReferenceEqualityComparer.Instance);

    /// <summary>What it is.</summary>
    public string Name { get; } = name;

    /// <summary>Who is asked.</summary>
    public EntityId To { get; } = to;

    /// <summary>What is asked.</summary>
    public object Command { get; } = command;

    /// <summary>The first answer; null until there is one.</summary>
    public object? Answer { get; private set; }

    /// <summary>Called with every answer, also to repeats.</summary>
    public Action<object> Told { get; } = told;

    /// <summary>A reply that arrives twice is heard once.</summary>
    internal void Hear(object reply)
    {
        if (!_heard.Add(reply)) return;
        Answer ??= reply;
        Told(reply);
    }
}

/// <summary>What callers asked, and what they were told: nothing of it may be forgotten.</summary>
public sealed class Ledger
{
    readonly List<Question> _questions = [];

    /// <summary>All questions, in the order they were first asked.</summary>
    public IReadOnlyList<Question> Questions => _questions;

    /// <summary>Questions without an answer.</summary>
    public IEnumerable<Question> Open => _questions.Where(q => q.Answer is null);

    /// <summary>Notes a question.</summary>
    public void Add(Question question) => _questions.Add(question);
}
