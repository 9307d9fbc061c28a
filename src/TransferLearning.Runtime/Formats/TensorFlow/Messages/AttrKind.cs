namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>The kinds of values that an attribute can have, with their names in attr_value.proto.</summary>
internal enum AttrKind
{
    None,
    List,
    S,
    I,
    F,
    B,
    Type,
    Shape,
    Tensor,
}
