namespace TransferLearning.Data.Thumbnails;

/// <summary>
/// The eight ways in which a square can be laid on itself. The parts are applied in this order: first the rows and columns change places,
/// then the columns and the rows are reversed.
/// </summary>
[Flags]
internal enum Orientation
{
    Upright = 0,

    /// <summary>Left and right change places.</summary>
    ReversedColumns = 1,

    /// <summary>Top and bottom change places.</summary>
    ReversedRows = 2,

    /// <summary>Rows become columns.</summary>
    Transposed = 4,
}
