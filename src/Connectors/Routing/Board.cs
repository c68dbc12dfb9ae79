using Fulfillment.Warehousing;

namespace Fulfillment.Connectors;

/// <summary>Answers for the board of all work, from the lists.</summary>
public static class Board
{
    /// <summary>Orders of one page.</summary>
    public const int PageSize = 200;

    /// <summary>With a look-up of a page.</summary>
    public static Connector Of(Func<BoardMessage.FindWork, WorkPage> find) =>
        (_, message, _) => new(find((BoardMessage.FindWork)message));
}
